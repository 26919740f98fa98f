package dev.millrace.engine;

import java.util.Optional;

/**
 * Who did something.
 *
 * @param kind {@code user}, {@code system}, {@code token} or {@code assistant}
 * @param id the member's or token's id; empty for the system
 */
public record Actor(String kind, Optional<String> id, String name) {
    public static final Actor SYSTEM = new Actor("system", Optional.empty(), "Millrace");

    public static Actor user(Member member) {
        return new Actor("user", Optional.of(member.id().toString()), member.name());
    }

    public boolean isPerson() {
        return kind.equals("user");
    }
}
