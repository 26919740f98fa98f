package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.Settings;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The engine's idea of now, which can be moved forward where the demo is on; elsewhere there is no such address. */
@RestController
@RequestMapping("/api/v1/admin/clock")
public class ClockEndpoint {
    private final Engine engine;
    private final Settings settings;

    public ClockEndpoint(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    record Advance(
            @Describe(value = "how far, at most ten years", least = 1, most = 315_360_000)
            long seconds) {}

    record Now(Instant now) {}

    @Operation(summary = "The company's idea of now")
    @Needs("admin")
    @GetMapping
    Now now() {
        requireDemo();
        return new Now(engine.clock().now());
    }

    @Operation(summary = "Move the clock forward, in a demo")
    @Needs("admin")
    @PostMapping("/advance")
    Now advance(@RequestBody Body<Advance> body) {
        requireDemo();
        return new Now(engine.clock().advance(Duration.ofSeconds(body.read().seconds())));
    }

    private void requireDemo() {
        if (!settings.demo()) {
            throw Refusal.notFound();
        }
    }
}
