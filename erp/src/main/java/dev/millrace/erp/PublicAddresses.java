package dev.millrace.erp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells the addresses of the public Internet from all others: this machine, private networks, link-local ones (where
 * clouds keep their metadata), and those that only carry another address inside.
 *
 * <p>Source: the special-purpose address registries of IANA (RFC 6890 and its updates). Of IPv6 only what is given out
 * as global unicast, 2000::/3, counts at all.
 */
final class PublicAddresses {
    private static final List<Block> NOT_PUBLIC_4 = List.of(
            block(0, 0, 0, 0, 8), // this network
            block(10, 0, 0, 0, 8), // private
            block(100, 64, 0, 0, 10), // shared by carriers
            block(127, 0, 0, 0, 8), // this machine
            block(169, 254, 0, 0, 16), // link-local
            block(172, 16, 0, 0, 12), // private
            block(192, 0, 0, 0, 24), // protocol assignments
            block(192, 0, 2, 0, 24), // documentation
            block(192, 88, 99, 0, 24), // relays of 6to4
            block(192, 168, 0, 0, 16), // private
            block(198, 18, 0, 0, 15), // benchmarks
            block(198, 51, 100, 0, 24), // documentation
            block(203, 0, 113, 0, 24), // documentation
            block(224, 0, 0, 0, 4), // multicast
            block(240, 0, 0, 0, 4)); // reserved, broadcast

    private static final Block GLOBAL_6 = new Block(List.of(0x20), 3);
    private static final List<Block> NOT_PUBLIC_6 = List.of(
            new Block(List.of(0x20, 0x01, 0x00, 0x00), 23), // protocol assignments, Teredo
            new Block(List.of(0x20, 0x01, 0x0d, 0xb8), 32), // documentation
            new Block(List.of(0x20, 0x02), 16), // 6to4: an IPv4 address inside
            new Block(List.of(0x3f, 0xff, 0x00), 20)); // documentation

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes))
                : GLOBAL_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static Block block(int a, int b, int c, int d, int bits) {
        return new Block(List.of(a, b, c, d), bits);
    }

    /**
     * @param start its first bytes, at least as many as {@code bits} touch
     * @param bits how many of them all its addresses share
     */
    private record Block(List<Integer> start, int bits) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((start.get(bit / 8) & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
