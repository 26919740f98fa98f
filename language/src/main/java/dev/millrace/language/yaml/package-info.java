/**
 * YAML text to a tree of JSON whose every node and key has its place in the text.
 *
 * <p>{@link dev.millrace.language.yaml.YamlText} reads; it refuses what the language has no use for and what
 * could exhaust memory: aliases, tags, several documents, deep nesting. It knows nothing of workflows.
 */
@NullMarked
package dev.millrace.language.yaml;

import org.jspecify.annotations.NullMarked;
