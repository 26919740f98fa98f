package dev.millrace.language.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.check.TestCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file of words has something to say about everything that is shipped. */
class CatalogueWordsTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    @Test
    void every_action_has_a_phrase() {
        assertThat(CATALOGUE.actions().keySet())
                .allSatisfy(action -> assertThat(Messages.ENGLISH.pattern("action." + action))
                        .as(action)
                        .isPresent());
    }

    @Test
    void every_event_has_a_clause() {
        assertThat(CATALOGUE.events().keySet())
                .allSatisfy(event -> assertThat(Messages.ENGLISH.pattern("event." + event))
                        .as(event)
                        .isPresent());
    }

    @Test
    void every_place_in_a_phrase_is_a_field_of_the_action() {
        List<String> strange = new ArrayList<>();
        for (var action : CATALOGUE.actions().values()) {
            String key = "action." + action.name();
            Messages.ENGLISH.keys().stream()
                    .filter(found -> found.equals(key) || found.startsWith(key + "."))
                    .forEach(found -> Messages.placesOf(Messages.ENGLISH.pattern(found).orElseThrow()).stream()
                            .filter(place -> !place.equals("entities") && action.config().field(place).isEmpty())
                            .forEach(place -> strange.add(found + ": " + place)));
        }

        assertThat(strange).isEmpty();
    }

    @Test
    void what_is_said_of_a_number_is_said_of_one_and_of_many() {
        assertThat(Messages.ENGLISH.keys())
                .filteredOn(key -> key.endsWith(".one"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(Messages.ENGLISH.pattern(key.replaceAll("one$", "other")))
                        .isPresent());
    }
}
