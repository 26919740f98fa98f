package dev.millrace.server.wiring;

import dev.millrace.server.Settings;
import dev.millrace.server.StartRefused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The HTTP side: a Spring Boot application around a node that is there already. */
public final class Web implements AutoCloseable {
    /** A request under way when the server is told to stop has this long. */
    private static final String DRAIN_MOST = "5s";

    private final ConfigurableApplicationContext context;

    private Web(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Listens when it returns.
     *
     * @throws StartRefused the port is taken
     */
    public static Web open(Settings settings, Node node, Pools pools) {
        var application = new SpringApplication(WebConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> {
            var beans = context.getBeanFactory();
            // Registered and not made there, so that Spring does not close them: the server does, in its own order.
            beans.registerSingleton("settings", settings);
            beans.registerSingleton("engine", node.engine());
            beans.registerSingleton("erp", node.erp());
            beans.registerSingleton("trail", node.trail());
            beans.registerSingleton("actions", node.actions());
            beans.registerSingleton("pools", pools);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("millrace", properties(settings)));
        });
        try {
            return new Web(application.run());
        } catch (PortInUseException e) {
            throw Ports.taken(settings.bind(), e.getPort(), "MILLRACE_PORT", "it is in use");
        }
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put("server.port", settings.port());
        properties.put("server.address", settings.bind());
        properties.put("server.shutdown", "graceful");
        properties.put("server.server-header", "");
        properties.put("server.max-http-request-header-size", "128KB");
        properties.put("server.tomcat.connection-timeout", "10s");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", DRAIN_MOST);
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.main.lazy-initialization", "false");
        properties.put("spring.jmx.enabled", "false");
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoint.health.probes.enabled", "true");
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,database");
        properties.put("springdoc.swagger-ui.path", "/docs");
        properties.put("springdoc.swagger-ui.persist-authorization", "true");
        properties.put("springdoc.swagger-ui.doc-expansion", "none");
        properties.put("springdoc.packages-to-scan", "dev.millrace.server");
        properties.put("springdoc.paths-to-match", "/api/**");
        properties.put("springdoc.default-produces-media-type", "application/json");
        properties.put("springdoc.writer-with-order-by-keys", "true");
        // It looks into the setters of free-form JSON, stumbles, and leaves the answer undescribed.
        properties.put("springdoc.model-converters.polymorphic-converter.enabled", "false");
        settings.managementPort().ifPresent(port -> {
            properties.put("management.server.port", port);
            properties.put("management.server.address", settings.bind());
        });
        return properties;
    }

    /** Where it listens. */
    public int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : 0;
    }

    /** Takes nothing new; what is under way ends. */
    @Override
    public void close() {
        context.close();
    }
}
