package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.MailSender.Mail;
import dev.millrace.erp.MailSender.Sent;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Mail over a connection that is encrypted first and signed in to then. */
class SmtpMailSenderTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
    private static final SSLSocketFactory TRUSTING = CERTIFICATE.client().getSocketFactory();
    private static final Mail MAIL = new Mail("ap1@supplier.example", "Order", "Bitte liefern: Grüße", "id-1");

    @Test
    void a_mail_goes_out_encrypted_and_signed_in() {
        try (var server = new StartTlsServer(CERTIFICATE, true)) {
            Sent sent = send(server, "localhost", "right", TRUSTING);

            assertThat(sent).isEqualTo(new Sent.Accepted("<id-1@millrace.invalid>"));
            assertThat(server.mails())
                    .singleElement()
                    .asString()
                    .contains("Subject: Order", "To: ap1@supplier.example");
            assertThat(server.heard()).last().asString().isEqualTo("STARTTLS");
            assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void a_server_that_offers_no_encryption_hears_neither_mail_nor_password() {
        try (var server = new StartTlsServer(CERTIFICATE, false)) {
            assertThat(send(server, "localhost", "right", TRUSTING)).isInstanceOf(Sent.Unavailable.class);

            assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void a_server_that_cannot_prove_its_name_hears_neither() {
        try (var server = new StartTlsServer(CERTIFICATE, true)) {
            var usual = (SSLSocketFactory) SSLSocketFactory.getDefault();
            assertThat(send(server, "localhost", "right", usual)).isInstanceOf(Sent.Unavailable.class);
            assertThat(send(server, "127.0.0.1", "right", TRUSTING)).isInstanceOf(Sent.Unavailable.class);

            assertThat(server.mails()).isEmpty();
            assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void a_wrong_password_may_be_mended_and_is_worth_another_try() {
        try (var server = new StartTlsServer(CERTIFICATE, true)) {
            Sent sent = send(server, "localhost", "wrong", TRUSTING);

            assertThat(sent)
                    .isInstanceOfSatisfying(
                            Sent.Unavailable.class,
                            away -> assertThat(away.reason()).contains("535"));
            assertThat(server.mails()).isEmpty();
        }
    }

    private static Sent send(StartTlsServer server, String host, String password, SSLSocketFactory tls) {
        return new SmtpMailSender(host, server.port(), "erp", password, "erp@acme.example", true, tls).send(MAIL);
    }
}
