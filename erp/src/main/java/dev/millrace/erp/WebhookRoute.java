package dev.millrace.erp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * How webhooks reach the outside, and what of it.
 *
 * @param resolver asked once for each call
 * @param reachable whether an address may be called; asked for every address that the resolver gave
 * @param tls whom it trusts
 * @param plainHttp whether {@code http} will do
 */
public record WebhookRoute(
        Resolver resolver, Predicate<InetAddress> reachable, SSLSocketFactory tls, boolean plainHttp) {

    /** Finds the addresses of a host. */
    public interface Resolver {
        /**
         * @throws UnknownHostException there is no such host, as far as one can tell now
         */
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /** The public Internet by https, and nothing else. */
    public static WebhookRoute outside() {
        return new WebhookRoute(
                host -> List.of(InetAddress.getAllByName(host)),
                PublicAddresses::contains,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                false);
    }

    /** The same and this machine, also by http: for trying out and for tests, never where others write definitions. */
    public WebhookRoute andThisMachine() {
        return new WebhookRoute(resolver, reachable.or(InetAddress::isLoopbackAddress), tls, true);
    }
}
