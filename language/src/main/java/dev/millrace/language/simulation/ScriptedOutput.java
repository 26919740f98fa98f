package dev.millrace.language.simulation;

import dev.millrace.language.Fitted;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether what a script gives as an output can be one. */
record ScriptedOutput(Map<String, Unit> units, Plausible plausible) {

    /** @param id of a step, an item, or an entry of a list of handlers */
    List<Fitted.Misfit> misfits(String id, JsonNode output) {
        String path = YamlPath.key("outputs", id);
        Optional<Unit> unit = unit(id);
        if (unit.isEmpty()) {
            return List.of(new Fitted.Misfit("unknown_step", path, "expected the id of a step but got '" + id + "'"));
        }
        boolean byItem = output.isArray()
                && unit.get().id().equals(id)
                && unit.get().step().filter(s -> s.forEach().isPresent()).isPresent();
        if (!byItem) {
            return misfits(unit.get(), path, output);
        }
        var misfits = new ArrayList<Fitted.Misfit>();
        for (int i = 0; i < output.size(); i++) {
            misfits.addAll(misfits(unit.get(), path + "[" + i + "]", output.path(i)));
        }
        return misfits;
    }

    private List<Fitted.Misfit> misfits(Unit unit, String path, JsonNode output) {
        Shape shape = unit.output();
        JsonNode filled = output.isObject() ? plausible.fill(shape, output, unit.id()) : output;
        return Shapes.fit(filled, shape).misfits().stream()
                .map(misfit -> new Fitted.Misfit(misfit.code(), YamlPath.join(path, misfit.path()), misfit.message()))
                .toList();
    }

    private Optional<Unit> unit(String id) {
        return Optional.ofNullable(units.get(id)).or(() -> Optional.ofNullable(units.get(withoutItem(id))));
    }

    /** {@code a} of {@code a[2]}, {@code a.on_timeout[0]} of {@code a[2].on_timeout[0]}. */
    static String withoutItem(String id) {
        return id.replaceFirst("^([a-z0-9_]+)\\[\\d{1,4}]", "$1");
    }
}
