package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.Field;
import dev.millrace.language.Fitted;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class ShapesTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Shape LINE = Shape.of(
            Field.required("item", Scalar.STRING, "code"), Field.required("quantity", Scalar.DECIMAL, "how many"));
    private static final Shape ORDER = new Shape(
            List.of(
                    Field.required("id", Scalar.UUID, "the order"),
                    Field.optional("note", Scalar.STRING, ""),
                    Field.required("lines", new ListOf(LINE, false), "")),
            List.of(),
            false);

    @Test
    void a_value_gets_every_declared_field_in_declared_order() {
        Fitted fitted = fit("""
                {"lines": [{"quantity": "1.50", "item": "A"}], "id": "0195D3A0-0000-7000-8000-00000000000A"}
                """, ORDER);

        assertThat(fitted.misfits()).isEmpty();
        assertThat(fitted.value().propertyNames()).containsExactly("id", "note", "lines");
        assertThat(fitted.value().path("id").stringValue()).isEqualTo("0195d3a0-0000-7000-8000-00000000000a");
        assertThat(fitted.value().path("note").isNull()).isTrue();
        assertThat(fitted.value().at("/lines/0/quantity").decimalValue()).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void all_misfits_are_found_with_their_paths() {
        Fitted fitted = fit("""
                {"id": 5, "nte": "x", "lines": [{"item": "A", "quantity": "many"}, {"quantity": 1}, 7]}
                """, ORDER);

        assertThat(fitted.misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactly(
                        "type_mismatch id",
                        "type_mismatch lines[0].quantity",
                        "required lines[1].item",
                        "type_mismatch lines[2]",
                        "unknown_field nte");
        assertThat(fitted.misfits().getLast().message()).contains("did you mean 'note'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL | 1.10 | 1.10",
                "DECIMAL | \"1.10\" | 1.10",
                "INTEGER | 3.0 | 3",
                "INTEGER | 300 | 300",
                "BOOLEAN | true | true",
                "DATE | \"2026-11-24\" | \"2026-11-24\"",
                "DATETIME | \"2026-11-24T10:22:55+05:30\" | \"2026-11-24T04:52:55.000000Z\"",
                "DATETIME | \"2026-11-24T04:52:55.123456789Z\" | \"2026-11-24T04:52:55.123456Z\"",
                "DURATION | \"2d\" | \"2d\"",
                "CURRENCY | \"INR\" | \"INR\"",
                "ANY | {\"a\":[1]} | {\"a\":[1]}",
            })
    void a_scalar_is_kept_in_one_form(Scalar type, String given, String kept) {
        Fitted fitted = fit("{\"v\": " + given + "}", one(type));

        assertThat(fitted.misfits()).isEmpty();
        assertThat(fitted.value().path("v").toString()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL | \"1,10\"",
                "DECIMAL | \"1e9999\"",
                "DECIMAL | true",
                "INTEGER | 1.5",
                "INTEGER | \"1\"",
                "BOOLEAN | \"true\"",
                "STRING | 7",
                "DATE | \"2026-02-30\"",
                "DATETIME | \"2026-11-24T10:22:55\"",
                "DURATION | \"soon\"",
                "CURRENCY | \"RUPEES\"",
                "CURRENCY | \"QQQ\"",
                "UUID | \"12\"",
                "ROLE | \" \"",
            })
    void what_is_of_another_type_does_not_fit(Scalar type, String given) {
        Fitted fitted = fit("{\"v\": " + given + "}", one(type));

        assertThat(fitted.misfits()).extracting(Fitted.Misfit::code).containsExactly("type_mismatch");
    }

    @Test
    void one_value_where_a_list_is_meant_becomes_a_list_of_one() {
        assertThat(fit("{\"v\": \"a\"}", one(new ListOf(Scalar.STRING, true)))
                        .value()
                        .toString())
                .isEqualTo("{\"v\":[\"a\"]}");
        assertThat(fit("{\"v\": \"a\"}", one(new ListOf(Scalar.STRING, false))).fits())
                .isFalse();
    }

    @Test
    void words_maps_ranges_and_defaults_are_checked() {
        var shape = Shape.of(
                Field.required("channel", new Choice(List.of("email", "in_app")), ""),
                Field.required("variables", new MapOf(Scalar.DECIMAL), ""),
                new Field("limit", Scalar.INTEGER, false, "", dec("1"), dec("10"), Optional.of(json("5"))),
                new Field("title", Scalar.STRING, false, "", Optional.empty(), dec("3"), Optional.empty()));

        assertThat(fit("{\"channel\": \"email\", \"variables\": {\"a.b\": \"1\"}}", shape)
                        .value()
                        .toString())
                .isEqualTo("{\"channel\":\"email\",\"variables\":{\"a.b\":1},\"limit\":5,\"title\":null}");
        assertThat(fit(
                                "{\"channel\": \"emial\", \"variables\": {\"a.b\": \"x\"}, \"limit\": 11, \"title\": \"four\"}",
                                shape)
                        .misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactly(
                        "not_one_of channel",
                        "type_mismatch variables[\"a.b\"]",
                        "out_of_range limit",
                        "out_of_range title");
    }

    @Test
    void exactly_one_of_a_group_must_be_given() {
        var shape = new Shape(
                List.of(Field.optional("role", Scalar.ROLE, ""), Field.optional("user", Scalar.MEMBER, "")),
                List.of(List.of("role", "user")),
                false);

        assertThat(fit("{}", shape).misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactly("required role");
        assertThat(fit("{\"role\": \"a\", \"user\": null}", shape).fits()).isTrue();
        assertThat(fit("{\"role\": \"a\", \"user\": \"b\"}", shape).misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactly("exactly_one_of user");
    }

    @Test
    void an_open_shape_keeps_what_it_does_not_know() {
        assertThat(fit("{\"a\": {\"b\": 1}}", Shape.FREE).value().toString()).isEqualTo("{\"a\":{\"b\":1}}");
    }

    @Test
    void nothing_and_no_map_are_answered_without_an_exception() {
        assertThat(Shapes.fit(MissingNode.getInstance(), Shape.EMPTY).fits()).isTrue();
        assertThat(Shapes.fit(json("[1]"), ORDER).misfits())
                .extracting(m -> m.code() + " " + m.path())
                .containsExactly("type_mismatch ");
    }

    @Test
    void braces_mean_nothing_at_run_time() {
        assertThat(fit("{\"v\": \"{{ x }}\"}", one(Scalar.DECIMAL)).fits()).isFalse();
    }

    @Test
    void the_json_schema_accepts_what_fits_and_refuses_what_does_not() {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Shapes.jsonSchema(ORDER));

        assertThat(
                        schema.validate(
                                json(
                                        "{\"id\": \"0195d3a0-0000-7000-8000-00000000000a\", \"lines\": [{\"item\": \"a\", \"quantity\": \"1\"}]}")))
                .isEmpty();
        assertThat(schema.validate(json("{\"id\": null, \"x\": 1, \"lines\": [{\"item\": 7}]}")))
                .hasSize(4);
    }

    private static Fitted fit(String json, Shape shape) {
        return Shapes.fit(json(json), shape);
    }

    private static JsonNode json(String json) {
        return JSON.readTree(json);
    }

    private static Shape one(ValueType type) {
        return Shape.of(Field.required("v", type, ""));
    }

    private static Optional<BigDecimal> dec(String value) {
        return Optional.of(new BigDecimal(value));
    }
}
