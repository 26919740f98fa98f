package dev.millrace.server.security;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Members;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in with a password. */
@RestController
public class LoginEndpoint {
    private final Engine engine;
    private final Members members;
    private final Trail trail;
    private final Tokens tokens;
    private final Throttle throttle;

    public LoginEndpoint(Engine engine, Erp erp, Trail trail, Tokens tokens, InstantSource clock) {
        this.engine = engine;
        this.members = erp.members();
        this.trail = trail;
        this.tokens = tokens;
        this.throttle = new Throttle(clock);
    }

    record Login(
            @Describe(value = "the company's slug", most = 100)
            String tenant,

            @Describe(value = "who signs in", most = 320) String email,
            @Describe(value = "their password", most = 1000) String password) {}

    record Token(String accessToken, String tokenType, long expiresIn) {}

    private record Found(UUID tenant, Members.Login login) {}

    @Operation(summary = "Sign in with a password and get a token")
    @Public
    @PostMapping("/api/v1/auth/login")
    Token login(@RequestBody Body<Login> body) {
        Login login = body.read();
        String account = (login.tenant() + "/" + login.email()).toLowerCase(Locale.ROOT);
        throttle.tryNow(account).ifPresent(wait -> {
            throw Refusal.tooMany(
                    "Too many sign-ins of this account have failed. Wait a minute.", (int) wait.toSeconds());
        });
        Optional<Found> found = find(login);
        boolean right = found.map(
                        f -> Passwords.matches(login.password(), f.login().passwordHash()))
                .orElseGet(() -> Passwords.matchesNobody(login.password()));
        Member member = found.map(f -> f.login().member())
                .filter(Member::active)
                .filter(m -> right)
                .orElseThrow(() -> refused(found));
        throttle.succeeded(account);
        return new Token(tokens.issue(found.orElseThrow().tenant(), member.id()), "Bearer", Tokens.LIFE.toSeconds());
    }

    private Optional<Found> find(Login login) {
        return members.companyBySlug(login.tenant())
                .flatMap(tenant -> engine.run(tenant, tx -> members.login(tx, login.email()))
                        .map(known -> new Found(tenant, known)));
    }

    /** Says the same whatever was wrong; what it was is in the company's journal. */
    private Refusal refused(Optional<Found> found) {
        found.ifPresent(known -> engine.run(known.tenant(), tx -> {
            Member member = known.login().member();
            trail.write(
                    tx,
                    dev.millrace.engine.Actor.SYSTEM,
                    "member.sign_in_failed",
                    "member",
                    member.id(),
                    Optional.empty(),
                    Optional.empty(),
                    member.email());
            return member;
        }));
        return Refusal.of(
                HttpStatus.UNAUTHORIZED,
                "invalid_credentials",
                "Company, e-mail and password do not belong together: check all three.");
    }
}
