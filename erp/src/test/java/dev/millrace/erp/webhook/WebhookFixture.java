package dev.millrace.erp.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.Channels;
import dev.millrace.erp.MailSender;
import dev.millrace.erp.Step;
import dev.millrace.erp.WebhookRoute;
import dev.millrace.erp.WebhookSecrets.Made;
import dev.millrace.erp.World;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A company that may call hook.example, which is at {@link Partner#ADDRESS}; every other name is asked of this machine. */
final class WebhookFixture {
    final AtomicInteger lookUps = new AtomicInteger();
    final World world;
    final Step step;
    private final WebhookRoute route;

    private volatile WebhookRoute.Resolver resolver = host -> host.equals(Partner.HOST)
            ? List.of(InetAddress.ofLiteral(Partner.ADDRESS))
            : List.of(InetAddress.getAllByName(host));

    WebhookFixture() {
        WebhookRoute.Resolver counting = host -> {
            lookUps.incrementAndGet();
            return resolver.resolve(host);
        };
        this.route = new WebhookRoute(
                counting,
                WebhookRoute.outside()
                        .reachable()
                        .or(address -> address.getHostAddress().equals(Partner.ADDRESS)),
                Partner.CERTIFICATE.client().getSocketFactory(),
                false);
        this.world = new World(Channels.only(MailSender.SANDBOX).with(route));
        allow(Partner.HOST);
        secret("default");
        this.step = new Step(world);
    }

    /** From now on names stand for what it says. */
    WebhookFixture resolving(WebhookRoute.Resolver other) {
        resolver = other;
        return this;
    }

    WebhookRoute route() {
        return route;
    }

    static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    void allow(String host) {
        world.run(tx -> world.erp.webhookHosts(world.trail()).add(tx, host, world.requester()));
    }

    /** Makes one, and gives its text. */
    String secret(String name) {
        Made made = world.run(
                tx -> world.erp.webhookSecrets(world.trail()).create(tx, name, Optional.empty(), world.requester()));
        return ((Made.Done) made).text();
    }

    static PostWebhook.Config to(String url) {
        return new PostWebhook.Config(
                url, Optional.empty(), Optional.empty(), Optional.of("default"), Optional.empty(), Optional.empty());
    }

    static PostWebhook.Config to(String url, Map<String, JsonNode> headers) {
        return new PostWebhook.Config(
                url,
                Optional.empty(),
                Optional.of(headers),
                Optional.of("default"),
                Optional.empty(),
                Optional.empty());
    }

    PostWebhook.Output call(PostWebhook.Config config) {
        return step.action(PostWebhook.class).call(step, config);
    }

    ActionFailure failure(PostWebhook.Config config) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, () -> call(config));
        assertThat(failure).as(config.url()).isNotNull();
        return failure;
    }
}
