package dev.millrace.server.security;

import dev.millrace.server.Settings;
import dev.millrace.server.problem.Problems;
import dev.millrace.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * What every request passes before an endpoint: its token is read, and without one only the sign-in, the documentation
 * and the health are to be had. What a member may do is {@link Guard}'s business.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class Chain {
    /** Swagger UI styles itself in place; everything else comes from here. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, JwtDecoder decoder, Problems problems, Callers callers, Settings settings) {
        AuthenticationEntryPoint entry = (request, response, e) -> {
            boolean none = request.getHeader("Authorization") == null;
            response.setHeader("WWW-Authenticate", none ? "Bearer" : "Bearer error=\"invalid_token\"");
            problems.send(none ? Refusal.unauthenticated() : Refusal.invalidToken(), request, response);
        };
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .oauth2ResourceServer(
                        server -> server.jwt(jwt -> jwt.decoder(decoder)).authenticationEntryPoint(entry))
                .exceptionHandling(failed -> failed.authenticationEntryPoint(entry)
                        .accessDeniedHandler(
                                (request, response, e) -> problems.send(Caller.missing("admin"), request, response)))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/auth/**", "/api/v1/decide/**")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .requestMatchers("/actuator/health/**", "/actuator/health")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access(operators(callers, settings))
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** On a port of their own, which the network guards, everybody; else administrators. */
    private static AuthorizationManager<RequestAuthorizationContext> operators(Callers callers, Settings settings) {
        return (authentication, context) -> new AuthorizationDecision(
                isManagementPort(settings, context.getRequest()) || isAdmin(authentication, callers));
    }

    private static boolean isManagementPort(Settings settings, HttpServletRequest request) {
        return settings.managementPort()
                .filter(port -> port == request.getLocalPort())
                .isPresent();
    }

    private static boolean isAdmin(Supplier<? extends @Nullable Authentication> authentication, Callers callers) {
        return Optional.ofNullable(authentication.get())
                .filter(JwtAuthenticationToken.class::isInstance)
                .map(token -> ((JwtAuthenticationToken) token).getToken())
                .flatMap(token -> callers.find(
                        UUID.fromString(token.getClaimAsString(Tokens.TENANT)), UUID.fromString(token.getSubject())))
                .filter(caller -> caller.may("admin"))
                .isPresent();
    }
}
