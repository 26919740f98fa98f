package dev.millrace.language.reading;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.Step;
import dev.millrace.language.words.Certainty;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Phrase;
import dev.millrace.language.words.Wording;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What all parts of one reading share. */
final class Telling {
    final Definition definition;
    final Order order;
    final Wording wording;
    final Page page = new Page();
    private final Catalogue catalogue;
    private final Messages messages;
    private final Set<Certainty> certainties = EnumSet.noneOf(Certainty.class);

    Telling(Definition definition, Catalogue catalogue, Messages messages) {
        this.definition = definition;
        this.catalogue = catalogue;
        this.messages = messages;
        this.order = new Order(definition);
        this.wording = new Wording(messages, definition, catalogue, this::stepName);
    }

    private String stepName(String id) {
        return order.isKnown(id) ? words("step", Integer.toString(order.number(id))) : messages.quoted(id);
    }

    String words(String key, String... parts) {
        return messages.say(key, parts);
    }

    Messages messages() {
        return messages;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Steps 2 and 5. */
    String steps(List<Step> steps) {
        List<String> numbers = steps.stream()
                .map(step -> Integer.toString(order.number(step.id())))
                .toList();
        return words(numbers.size() == 1 ? "step" : "steps", messages.and(numbers));
    }

    /** Step 2 or step 5. */
    String anyOf(List<Step> steps) {
        return messages.or(steps.stream().map(step -> stepName(step.id())).toList());
    }

    /** The words with how often their effect can happen. */
    String certain(String words, Phrase phrase) {
        certainties.add(phrase.certainty());
        return words("certainty." + phrase.certainty().name().toLowerCase(Locale.ROOT), words);
    }

    /** Of what is done about a deadline or a failure, only the exception is said. */
    String certainIfRare(String words, Phrase phrase) {
        return phrase.certainty() == Certainty.AT_LEAST_ONCE ? certain(words, phrase) : words;
    }

    boolean hasSaid(Certainty certainty) {
        return certainties.contains(certainty);
    }

    Optional<ActionType> type(Step step) {
        return Optional.ofNullable(catalogue.actions().get(step.action()));
    }

    boolean waits(Step step) {
        return type(step)
                .filter(type -> type.kind() == ActionType.Kind.WAITING)
                .isPresent();
    }
}
