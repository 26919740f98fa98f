package dev.millrace.language.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns the marks of the YAML library, which count from 0, into ours. */
final class Marks {
    private Marks() {}

    static Mark point(org.snakeyaml.engine.v2.exceptions.Mark at) {
        int line = at.getLine() + 1;
        int column = at.getColumn() + 1;
        return new Mark(line, column, at.getIndex(), line, column, at.getIndex());
    }

    static Mark between(
            Optional<org.snakeyaml.engine.v2.exceptions.Mark> start,
            Optional<org.snakeyaml.engine.v2.exceptions.Mark> end) {
        Mark from = start.map(Marks::point).orElse(Mark.START);
        return end.map(e -> from.to(point(e))).orElse(from);
    }

    static Mark of(Node node) {
        return between(node.getStartMark(), node.getEndMark());
    }
}
