package dev.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.TestServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TokenTest {
    private final Instant now = InstantSource.system().instant();

    private final ECKey key = SigningKey.of(TestServer.home());
    private final Answer me = Api.as(Flow.REQUESTER).get("/me");

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("millrace")
                .audience("millrace-api")
                .subject(me.at("/user/id"))
                .claim("tenant", me.at("/tenant/id"))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID());
    }

    private String with(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(header().build(), change.apply(claims()).build(), new ECDSASigner(key));
    }

    private static void expectRefused(String token) {
        Api.withToken(token).get("/me").expectProblem(401, "invalid_token");
    }

    @Test
    void a_token_signed_by_the_servers_key_is_good() throws JOSEException {
        Api.withToken(with(claims -> claims)).get("/me").expect(200);
    }

    @Test
    void without_a_token_nothing_is_told() {
        Api.anonymous().get("/me").expectProblem(401, "unauthenticated");
        Api.anonymous().get("/no-such-thing").expectProblem(401, "unauthenticated");
    }

    @Test
    void a_token_that_is_not_signed_or_signed_otherwise_is_refused() throws JOSEException {
        ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
        byte[] publicKey = key.toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8);

        expectRefused(new PlainJWT(claims().build()).serialize());
        expectRefused(signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                claims().build(),
                new MACSigner(publicKey)));
        expectRefused(signed(header().build(), claims().build(), new ECDSASigner(stranger)));
    }

    @Test
    void a_token_naming_another_key_or_a_place_to_fetch_one_is_refused() throws JOSEException {
        ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("stranger").generate();

        expectRefused(signed(header().keyID("../../dev/null").build(), claims().build(), new ECDSASigner(key)));
        expectRefused(signed(
                header().keyID("stranger")
                        .jwk(stranger.toPublicJWK())
                        .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                        .build(),
                claims().build(),
                new ECDSASigner(stranger)));
    }

    @Test
    void a_token_out_of_its_time_is_refused_beyond_the_skew() throws JOSEException {
        expectRefused(with(claims -> claims.expirationTime(Date.from(now.minusSeconds(40)))));
        expectRefused(with(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(90)))));
        expectRefused(with(claims -> claims.expirationTime(null)));
        Api.withToken(with(claims -> claims.expirationTime(Date.from(now.plusSeconds(20)))))
                .get("/me")
                .expect(200);
    }

    @Test
    void a_token_for_others_or_without_a_company_or_a_member_is_refused() throws JOSEException {
        expectRefused(with(claims -> claims.audience("somebody-else")));
        expectRefused(with(claims -> claims.issuer("somebody-else")));
        expectRefused(with(claims -> claims.claim("tenant", null)));
        expectRefused(with(claims -> claims.claim("tenant", "acme")));
        expectRefused(with(claims -> claims.subject(null)));
        expectRefused(with(claims -> claims.subject(new UUID(1, 2).toString())));
        expectRefused(with(claims -> claims.claim("tenant", new UUID(1, 2).toString())));
    }

    @Test
    void a_token_beyond_all_measure_is_refused() {
        expectRefused("a".repeat(100_000));
        assertThat(Api.withToken("a".repeat(200_000)).get("/me").status()).isIn(400, 401, 431);
    }

    @Test
    void the_company_is_that_of_the_token_whatever_else_a_request_says() {
        String globex = Api.as("admin@globex.test").get("/me").at("/tenant/id");

        Answer answer = Api.as(Flow.REQUESTER)
                .call("GET", "/me?tenant=" + globex, "", "X-Tenant-Id", globex, "X-Forwarded-Host", "globex.example");

        assertThat(answer.expect(200).at("/tenant/slug")).isEqualTo("acme");
        Api.as(Flow.REQUESTER)
                .post(
                        "/purchase-orders",
                        "{\"tenant_id\": \"" + globex + "\", \"supplier_code\": \"S0001\", \"lines\": []}")
                .expectProblem(422, "unknown_field");
    }
}
