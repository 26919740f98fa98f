package dev.millrace.language.expression;

import dev.millrace.language.Expression.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the paths that an expression reads, and which of them deal with undefined or none. */
final class References {
    private static final Set<String> REPLACING = Set.of("default", "d", "if_none");
    private static final Set<String> ASKING = Set.of("defined", "undefined", "none");

    private final List<Reference> found = new ArrayList<>();

    private References() {}

    static List<Reference> of(Node tree) {
        References references = new References();
        references.walk(tree, false, Set.of());
        references.found.sort((a, b) -> Integer.compare(a.offset(), b.offset()));
        return List.copyOf(references.found);
    }

    /**
     * @param guarded whoever uses the node deals with undefined or none
     * @param safe paths that are known to be there where the node stands
     */
    private void walk(Node node, boolean guarded, Set<List<String>> safe) {
        switch (node) {
            case Node.Plain plain -> plain.parts().forEach(part -> walk(part, false, safe));
            case Node.Name name -> found.add(reference(List.of(name.name()), name.offset(), guarded, safe));
            case Node.Access access -> access(access, guarded, safe);
            case Node.Not not -> walk(not.operand(), true, safe);
            case Node.And and -> {
                walk(and.left(), true, safe);
                walk(and.right(), guarded, with(safe, present(and.left(), true)));
            }
            case Node.Or or -> {
                walk(or.left(), true, safe);
                walk(or.right(), guarded, with(safe, present(or.left(), false)));
            }
            case Node.Choice choice -> {
                walk(choice.condition(), true, safe);
                walk(choice.then(), guarded, with(safe, present(choice.condition(), true)));
                choice.otherwise()
                        .ifPresent(other -> walk(other, guarded, with(safe, present(choice.condition(), false))));
            }
            case Node.Filtered filtered -> call(filtered.target(), filtered.filter(), REPLACING, safe);
            case Node.Tested tested -> call(tested.target(), tested.test(), ASKING, safe);
            case Node.MappedFilter mapped -> call(mapped.target(), mapped.filter(), Set.of(), safe);
            case Node.Picked picked -> {
                walk(picked.target(), false, safe);
                each(safe, List.of(picked.attribute()));
                picked.test().ifPresent(test -> each(safe, test.arguments()));
            }
        }
    }

    private void call(Node target, Node.Call call, Set<String> guards, Set<List<String>> safe) {
        walk(target, guards.contains(call.operation().name()), safe);
        each(safe, call.arguments());
    }

    private void each(Set<List<String>> safe, List<Optional<Node>> nodes) {
        nodes.forEach(node -> node.ifPresent(written -> walk(written, false, safe)));
    }

    private void access(Node.Access access, boolean guarded, Set<List<String>> safe) {
        Optional<List<String>> path = NodePath.of(access);
        if (path.isPresent()) {
            found.add(reference(path.get(), start(access), guarded, safe));
            return;
        }
        walk(access.target(), false, safe);
        walk(access.key(), false, safe);
    }

    private static Reference reference(List<String> path, int offset, boolean guarded, Set<List<String>> safe) {
        return new Reference(path, offset, guarded || safe.contains(path));
    }

    private static int start(Node.Access access) {
        Node node = access;
        while (node instanceof Node.Access inner) {
            node = inner.target();
        }
        return node.offset();
    }

    private static Set<List<String>> with(Set<List<String>> safe, Set<List<String>> more) {
        Set<List<String>> both = new HashSet<>(safe);
        both.addAll(more);
        return both;
    }

    /** The paths that are certainly there, and not none, where the condition came out as told. */
    private static Set<List<String>> present(Node condition, boolean outcome) {
        return switch (condition) {
            case Node.Name name -> outcome ? paths(name) : Set.of();
            case Node.Access access -> outcome ? paths(access) : Set.of();
            case Node.Not not -> present(not.operand(), !outcome);
            case Node.And and -> outcome ? with(present(and.left(), true), present(and.right(), true)) : Set.of();
            case Node.Or or -> outcome ? Set.of() : with(present(or.left(), false), present(or.right(), false));
            case Node.Tested tested -> asked(tested, outcome);
            default -> Set.of();
        };
    }

    private static Set<List<String>> paths(Node node) {
        return NodePath.of(node).map(Set::of).orElse(Set.of());
    }

    private static Set<List<String>> asked(Node.Tested tested, boolean outcome) {
        String test = tested.test().operation().name();
        boolean answer = outcome != tested.negated();
        boolean there = test.equals("defined") ? answer : ASKING.contains(test) && !answer;
        return there ? paths(tested.target()) : Set.of();
    }
}
