package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.erp.IrpSettings;
import dev.millrace.erp.gst.IrpClient.Away;
import dev.millrace.erp.gst.IrpClient.Refused;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpIrpClientTest extends IrpClientContract {
    private final PortalServer server = new PortalServer(sandbox, world.tenant);
    private final IrpClient client = new HttpIrpClient(settings("secret"));

    HttpIrpClientTest() throws IOException {}

    private IrpSettings settings(String password) {
        return new IrpSettings(server.url(), "client", "client secret", "user", password);
    }

    @Override
    IrpClient portal() {
        return client;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_signs_in_once_and_again_when_its_token_has_ended() {
        client.get(seller, "0".repeat(64));
        client.get(seller, "1".repeat(64));
        assertThat(server.signIns()).isEqualTo(1);

        server.endTokens();

        assertThat(client.get(seller, "2".repeat(64))).isInstanceOf(Refused.class);
        assertThat(server.signIns()).isEqualTo(2);
    }

    @Test
    void a_wrong_password_is_told_apart_from_a_portal_that_is_away() {
        var stranger = new HttpIrpClient(settings("wrong"));
        var nobody = new HttpIrpClient(
                new IrpSettings(URI.create("http://127.0.0.1:1"), "client", "client secret", "user", "secret"));

        assertThat(stranger.get(seller, "0".repeat(64)))
                .asInstanceOf(type(Away.class))
                .satisfies(away -> assertThat(away.signIn()).isTrue());
        assertThat(nobody.get(seller, "0".repeat(64)))
                .asInstanceOf(type(Away.class))
                .satisfies(away -> assertThat(away.signIn()).isFalse());
    }

    @Test
    void an_answer_that_is_no_answer_of_a_portal_counts_as_none() {
        client.get(seller, "0".repeat(64));
        for (String answer : new String[] {
            "<html>busy</html>",
            "{\"Status\":1,\"Data\":{\"Irn\":\"x\"}}",
            "{\"Status\":0,\"Data\":null,\"ErrorDetails\":[{\"ErrorCode\":\"2146\",\"ErrorMessage\":\"later\"}]}"
        }) {
            server.answerNext(200, answer);
            assertThat(client.get(seller, "0".repeat(64))).as(answer).isInstanceOf(Away.class);
        }
        server.answerNext(503, "");
        assertThat(client.get(seller, "0".repeat(64))).isInstanceOf(Away.class);
    }
}
