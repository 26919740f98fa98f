package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.language.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The hosts that a company's webhooks may call: one of its policies, changed one by one. The journal has each change as
 * a change of policies. Every method joins the caller's transaction.
 */
public final class WebhookHosts {
    private static final String KEY = "webhook_hosts";

    private final PolicySettings policies;

    WebhookHosts(PolicySettings policies) {
        this.policies = policies;
    }

    /** What came of adding one. */
    public enum Added {
        DONE,
        /** It was there already. */
        KNOWN,
        /** It is no host name, or there are too many. */
        REFUSED
    }

    /** In alphabetical order. */
    public List<String> list(Tx tx) {
        return policies.get(tx).value().webhookHosts().stream().sorted().toList();
    }

    public Added add(Tx tx, String host, Actor actor) {
        String name = host.toLowerCase(Locale.ROOT);
        var hosts = new ArrayList<>(policies.hold(tx).value().webhookHosts());
        if (hosts.contains(name)) {
            return Added.KNOWN;
        }
        hosts.add(name);
        return set(tx, hosts, actor) ? Added.DONE : Added.REFUSED;
    }

    /**
     * Steps that would call it fail from now on.
     *
     * @return false: it was not there
     */
    public boolean remove(Tx tx, String host, Actor actor) {
        var hosts = new ArrayList<>(policies.hold(tx).value().webhookHosts());
        return hosts.remove(host.toLowerCase(Locale.ROOT)) && set(tx, hosts, actor);
    }

    private boolean set(Tx tx, List<String> hosts, Actor actor) {
        ObjectNode json = policies.get(tx).value().toJson();
        ArrayNode list = Json.object().arrayNode();
        hosts.forEach(list::add);
        json.set(KEY, list);
        return switch (Policies.of(json)) {
            case Policies.Read.Good good -> {
                policies.set(tx, good.policies(), actor);
                yield true;
            }
            case Policies.Read.Bad bad -> false;
        };
    }
}
