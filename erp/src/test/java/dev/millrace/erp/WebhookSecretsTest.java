package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.engine.Tx;
import dev.millrace.erp.WebhookHosts.Added;
import dev.millrace.erp.WebhookSecrets.Made;
import dev.millrace.erp.core.Vault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Secrets at rest, and who may be called. */
class WebhookSecretsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final World world = new World();
    private final WebhookSecrets secrets = world.erp.webhookSecrets(world.trail());

    @Test
    void a_secret_is_shown_once_and_lies_encrypted() {
        Made.Done made = made(world.run(tx -> secrets.create(tx, "orders", Optional.empty(), world.requester())));

        assertThat(made.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.toString()).doesNotContain(made.text());
        assertThat(world.<List<WebhookSecret>>run(secrets::list))
                .singleElement()
                .satisfies(secret -> {
                    assertThat(secret.name()).isEqualTo("orders");
                    assertThat(secret.version()).isEqualTo(1);
                    assertThat(secret.toString()).doesNotContain(made.text());
                });
        byte[] clear = java.util.Base64.getDecoder().decode(made.text().replace("whsec_", ""));
        byte[] stored = world.run(WebhookSecretsTest::stored);
        assertThat(hex(stored)).doesNotContain(hex(clear));
        assertThat(stored.length).isGreaterThan(clear.length + 28);
    }

    @Test
    void the_journal_has_the_name_and_never_the_secret() {
        Made.Done made = made(world.run(tx -> secrets.create(tx, "orders", Optional.empty(), world.requester())));
        Made.Done again = made(world.run(tx -> secrets.rotate(tx, "orders", Optional.empty(), world.requester())));
        boolean deleted = world.run(tx -> secrets.delete(tx, "orders", world.requester()));

        assertThat(deleted).isTrue();
        assertThat(again.secret().version()).isEqualTo(2);
        assertThat(again.secret().previousUntil()).isPresent();
        assertThat(world.trail)
                .containsExactly(
                        "Ravi Requester webhook_secret.created - -: orders",
                        "Ravi Requester webhook_secret.rotated - -: orders",
                        "Ravi Requester webhook_secret.deleted - -: orders")
                .noneMatch(entry -> entry.contains(made.text()) || entry.contains(again.text()));
    }

    @Test
    void what_cannot_be_is_told_and_changes_nothing() {
        world.run(tx -> secrets.create(tx, "orders", Optional.empty(), world.requester()));
        world.trail.clear();

        assertThat(create("orders", Optional.empty())).isEqualTo(new Made.NameTaken());
        assertThat(create("short", Optional.of("whsec_c2hvcnQ="))).isEqualTo(new Made.NoSecret());
        assertThat(create("bare", Optional.of("secret"))).isEqualTo(new Made.NoSecret());
        assertThat(world.<Made>run(tx -> secrets.rotate(tx, "none", Optional.empty(), world.requester())))
                .isEqualTo(new Made.NotFound());
        assertThat(world.<Boolean>run(tx -> secrets.delete(tx, "none", world.requester())))
                .isFalse();
        assertThat(world.trail).isEmpty();
        assertThat(world.count("webhook_secrets")).isEqualTo(1);
    }

    @Test
    void a_receivers_own_secret_is_taken() {
        String text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        assertThat(made(create("theirs", Optional.of(text))).text()).isEqualTo(text);
    }

    @Test
    void another_company_and_another_purpose_cannot_open_it() {
        World other = new World();
        Vault vault = vault(MasterKey.of(key(1)));
        byte[] sealed = world.run(tx -> vault.seal(tx, "a", bytes("secret")));
        // So that the other company has a key too.
        other.run(tx -> vault.seal(tx, "a", bytes("x")));

        assertThat(world.<byte[]>run(tx -> vault.open(tx, "a", sealed))).isEqualTo(bytes("secret"));
        assertThatIllegalStateException().isThrownBy(() -> world.run(tx -> vault.open(tx, "b", sealed)));
        assertThatIllegalStateException().isThrownBy(() -> other.run(tx -> vault.open(tx, "a", sealed)));
        sealed[sealed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> world.run(tx -> vault.open(tx, "a", sealed)));
    }

    @Test
    void a_new_master_key_takes_over_what_the_former_one_wrapped() {
        byte[] sealed = world.run(tx -> vault(MasterKey.of(key(1))).seal(tx, "a", bytes("secret")));

        Vault exchanged = vault(MasterKey.of(key(2)).after(key(1)));
        assertThat(world.<byte[]>run(tx -> exchanged.open(tx, "a", sealed))).isEqualTo(bytes("secret"));

        // From here on the former one is not needed any more, and does not help.
        assertThat(world.<byte[]>run(tx -> vault(MasterKey.of(key(2))).open(tx, "a", sealed)))
                .isEqualTo(bytes("secret"));
        assertThatIllegalStateException()
                .isThrownBy(() -> world.run(tx -> vault(MasterKey.of(key(1))).open(tx, "a", sealed)))
                .withMessageContaining("which this server does not have");
    }

    @Test
    void two_who_need_the_first_key_at_once_get_the_same() throws Exception {
        Vault vault = vault(MasterKey.of(key(1)));
        var barrier = new CyclicBarrier(2);
        var sealed = new ArrayList<Future<byte[]>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                sealed.add(threads.submit(() -> world.run(tx -> {
                    assertThat(tx.now()).isNotNull();
                    meet(barrier);
                    return vault.seal(tx, "a", bytes("secret"));
                })));
            }
        }

        for (Future<byte[]> each : sealed) {
            byte[] bytes = each.get();
            assertThat(world.<byte[]>run(tx -> vault.open(tx, "a", bytes))).isEqualTo(bytes("secret"));
        }
        assertThat(world.count("tenant_keys")).isEqualTo(1);
    }

    @Test
    void hosts_are_one_of_the_policies_and_journaled_as_such() {
        WebhookHosts hosts = world.erp.webhookHosts(world.trail());

        assertThat(add(hosts, "Hooks.Example")).isEqualTo(Added.DONE);
        assertThat(add(hosts, "hooks.example")).isEqualTo(Added.KNOWN);
        assertThat(add(hosts, "127.0.0.1")).isEqualTo(Added.REFUSED);
        assertThat(add(hosts, "https://hooks.example")).isEqualTo(Added.REFUSED);
        assertThat(add(hosts, "hooks.example:443")).isEqualTo(Added.REFUSED);
        assertThat(world.<List<String>>run(hosts::list)).containsExactly("hooks.example");
        assertThat(world.run(tx -> world.erp.directory().policies(tx)).webhookHosts())
                .containsExactly("hooks.example");
        assertThat(world.<Boolean>run(tx -> hosts.remove(tx, "hooks.example", world.requester())))
                .isTrue();
        assertThat(world.<Boolean>run(tx -> hosts.remove(tx, "hooks.example", world.requester())))
                .isFalse();
        assertThat(world.trail)
                .containsExactly(
                        "Ravi Requester policy.changed {\"webhook_hosts\":[]} {\"webhook_hosts\":[\"hooks.example\"]}: policies",
                        "Ravi Requester policy.changed {\"webhook_hosts\":[\"hooks.example\"]} {\"webhook_hosts\":[]}: policies");
    }

    private Added add(WebhookHosts hosts, String host) {
        return world.run(tx -> hosts.add(tx, host, world.requester()));
    }

    private Made create(String name, Optional<String> given) {
        return world.run(tx -> secrets.create(tx, name, given, world.requester()));
    }

    private static Made.Done made(Made made) {
        return (Made.Done) made;
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] stored(Tx tx) {
        return tx.handle()
                .createQuery("select secret from webhook_secrets where tenant_id = :tenant")
                .bind("tenant", tx.tenant())
                .mapTo(byte[].class)
                .one();
    }

    private static Vault vault(MasterKey key) {
        return new Vault(key, RANDOM);
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[MasterKey.BYTES];
        java.util.Arrays.fill(key, (byte) fill);
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
