package dev.millrace.server;

import dev.millrace.erp.IrpSettings;
import dev.millrace.erp.MasterKey;
import java.util.Optional;

/**
 * What a server is told of partners beyond mail.
 *
 * @param whatsApp empty: messages go no further than the outbox
 * @param whatsAppHook empty: nobody may tell what became of messages
 * @param masterKey empty: a file beside the embedded database
 * @param webhooksReachThisMachine for trying out: webhooks may call this machine, also by http
 * @param irp where tax invoices are registered; empty: at a portal in this process
 */
public record Outside(
        Optional<WhatsApp> whatsApp,
        Optional<Hook> whatsAppHook,
        Optional<MasterKey> masterKey,
        boolean webhooksReachThisMachine,
        Optional<IrpSettings> irp) {
    public static final Outside NONE =
            new Outside(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /**
     * An account of the WhatsApp Cloud API.
     *
     * @param url with the version and the id of the telephone number
     * @param token of a system user
     */
    public record WhatsApp(String url, String token) {
        @Override
        public String toString() {
            return "WhatsApp[" + url + "]";
        }
    }

    /**
     * What the webhook of the Cloud API shows us.
     *
     * @param appSecret signs what it sends
     * @param verifyToken what it says when it is set up
     */
    public record Hook(String appSecret, String verifyToken) {
        @Override
        public String toString() {
            return "Hook[]";
        }
    }
}
