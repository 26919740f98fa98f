package dev.millrace.language.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Edit;
import dev.millrace.language.Edited;
import dev.millrace.language.Edits;
import dev.millrace.language.check.TestCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of random edits on real texts and odd ones. */
class EditProperties {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final List<String> ALL =
            Stream.concat(Layouts.TEMPLATES.stream(), Layouts.odd().stream()).toList();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    record Case(String before, Edit edit) {}

    @Property(tries = 1000)
    void every_edit_is_made_and_says_what_it_means(@ForAll("cases") Case each) {
        String after = edited(each.before(), each.edit()).yaml();

        JsonNode expected = EditModel.after(document(each.before()), each.edit());
        assertThat(plain(document(after))).isEqualTo(plain(expected));
    }

    @Property(tries = 200)
    void several_edits_and_their_inverse_give_the_same_bytes(@ForAll("cases") Case first, @ForAll Random random) {
        var edits = new ArrayList<Edit>();
        String text = first.before();
        Edit next = first.edit();
        for (int i = 0; i < 4 && document(text).path("workflow").isObject(); i++) {
            if (Edits.apply(text, CATALOGUE, next) instanceof Edited.Text made) {
                edits.add(next);
                text = made.yaml();
            }
            next = new RandomEdits(random, document(text)).next();
        }

        Edited.Text all = (Edited.Text) Edits.apply(first.before(), CATALOGUE, edits);
        Edited.Text back = (Edited.Text) Edits.apply(all.yaml(), CATALOGUE, all.inverse());
        Edited.Text again = (Edited.Text) Edits.apply(back.yaml(), CATALOGUE, back.inverse());

        assertThat(all.yaml()).isEqualTo(text);
        assertThat(back.yaml()).isEqualTo(first.before());
        assertThat(again.yaml()).isEqualTo(all.yaml());
    }

    @Property(tries = 500)
    void everything_outside_of_what_is_edited_is_the_same_byte_for_byte(@ForAll("templateCases") Case each) {
        String before = each.before();
        String after = edited(before, each.edit()).yaml();

        switch (each.edit()) {
            case Edit.AddStep add -> assertThat(sameAtBothEnds(before, after)).isGreaterThanOrEqualTo(before.length());
            case Edit.RenameStep rename ->
                assertThat(after.replace(rename.newId(), rename.id())).isEqualTo(before);
            case Edit.MoveStep move -> assertThat(lines(after)).isEqualTo(lines(before));
            case Edit.ReplaceStep replace -> onlyWithin(before, after, step(before, replace.id()));
            case Edit.SetValue set -> onlyWithin(before, after, stepOf(set.path()));
            case Edit.RemoveValue remove -> onlyWithin(before, after, stepOf(remove.path()));
            case Edit.RemoveStep remove -> {
                if (!document(before).toString().contains("\"depends_on\":")) {
                    assertThat(sameAtBothEnds(before, after)).isGreaterThanOrEqualTo(after.length());
                }
                assertThat(lines(before)).containsAll(lines(after).stream()
                        .filter(line -> !line.contains("depends_on"))
                        .toList());
            }
            case Edit.Exactly exactly -> throw new IllegalStateException("is not generated");
        }
    }

    /** An edit of one step: what is before its first line and from the next one's first line on. */
    private static void onlyWithin(String before, String after, int step) {
        if (step < 0) {
            return;
        }
        var path = Path.STEPS.item(step);
        Source source = Source.read(before);
        int start = source.lineStart(source.start(path));
        assertThat(after).startsWith(before.substring(0, new Lines(new Working(before)).region(path).start()));
        if (source.has(Path.STEPS.item(step + 1))) {
            int next = source.lineStart(source.start(Path.STEPS.item(step + 1)));
            assertThat(next).isGreaterThan(start);
            assertThat(after).endsWith(before.substring(next));
        }
    }

    private static int stepOf(String path) {
        return path.matches("steps\\[\\d+]\\..*")
                ? Integer.parseInt(path.substring(6, path.indexOf(']')))
                : -1;
    }

    private static int step(String text, String id) {
        List<String> ids = document(text).path("workflow").path("steps").valueStream()
                .map(step -> step.path("id").asString())
                .toList();
        return ids.indexOf(id);
    }

    /** Those that are not empty, sorted. */
    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).sorted().toList();
    }

    private static int sameAtBothEnds(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int head = 0;
        while (head < shorter && one.charAt(head) == other.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        return head + tail;
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(random -> of(ALL, random));
    }

    @Provide
    Arbitrary<Case> templateCases() {
        return Arbitraries.randomValue(random -> of(Layouts.TEMPLATES, random));
    }

    private static Case of(List<String> texts, Random random) {
        String text = Layouts.varied(pick(texts, random), random);
        return new Case(text, new RandomEdits(random, document(text)).next());
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static Edited.Text edited(String text, Edit edit) {
        Edited edited = Edits.apply(text, CATALOGUE, edit);
        assertThat(edited).as(edit + " of\n" + text).isInstanceOf(Edited.Text.class);
        return (Edited.Text) edited;
    }

    private static JsonNode document(String text) {
        return Checker.document(text).orElseThrow();
    }

    /** Numbers by their digits. */
    private static JsonNode plain(JsonNode node) {
        return JSON.readTree(node.toString());
    }
}
