package dev.millrace.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Gives out tokens and reads them: signed by ES256 with this server's key, nothing else counts. A token says who it is
 * for and never what they may do.
 */
public final class Tokens {
    public static final String ISSUER = "millrace";
    public static final String AUDIENCE = "millrace-api";
    public static final String TENANT = "tenant";

    /** How long one is good for. */
    public static final Duration LIFE = Duration.ofHours(1);

    /** How far the clocks of two servers may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final ECKey key;
    private final Clock clock;

    /**
     * @param key on the curve P-256, with its private part and an id
     */
    public Tokens(ECKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** A token for a member. */
    public String issue(UUID tenant, UUID member) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(member.toString())
                .claim(TENANT, tenant.toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the key of this server cannot sign", e);
        }
    }

    /** Reads tokens, and refuses all that {@link #issue} would not have made. */
    public JwtDecoder decoder() {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
        // The claims are looked at below, all of them.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator());
        return decoder;
    }

    private OAuth2TokenValidator<Jwt> validator() {
        var times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        return new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtClaimValidator<Object>("exp", exp -> exp != null),
                new JwtIssuerValidator(ISSUER),
                new JwtClaimValidator<Object>("aud", List.of(AUDIENCE)::equals),
                new JwtClaimValidator<Object>(TENANT, Tokens::isId),
                new JwtClaimValidator<Object>("sub", Tokens::isId));
    }

    private static boolean isId(Object claim) {
        try {
            return Optional.ofNullable(claim)
                    .filter(String.class::isInstance)
                    .map(text -> UUID.fromString((String) text))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
