package dev.millrace.erp;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the ERP needs to speak to the outside.
 *
 * @param mail {@link MailSender#SANDBOX} where none is configured
 * @param whatsApp {@link WhatsAppSender#SANDBOX} where none is configured
 * @param route how webhooks go out
 * @param master encrypts secrets
 * @param random makes keys and secrets
 * @param clock the time of the world, which no demo moves
 */
public record Channels(
        MailSender mail,
        WhatsAppSender whatsApp,
        WebhookRoute route,
        MasterKey master,
        SecureRandom random,
        InstantSource clock) {

    /** Nothing but this mail: for tests and tools. Secrets are encrypted with a key that ends with the process. */
    public static Channels only(MailSender mail) {
        var random = new SecureRandom();
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        return new Channels(
                mail,
                WhatsAppSender.SANDBOX,
                WebhookRoute.outside(),
                MasterKey.of(key),
                random,
                InstantSource.system());
    }

    public Channels with(WebhookRoute other) {
        return new Channels(mail, whatsApp, other, master, random, clock);
    }

    public Channels with(MasterKey other) {
        return new Channels(mail, whatsApp, route, other, random, clock);
    }

    public Channels with(WhatsAppSender other) {
        return new Channels(mail, other, route, master, random, clock);
    }
}
