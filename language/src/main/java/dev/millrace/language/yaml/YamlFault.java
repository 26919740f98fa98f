package dev.millrace.language.yaml;

import dev.millrace.language.ProblemCode;

/**
 * Something wrong with the text as YAML.
 *
 * @param path of the key at fault; empty where the text could not be read
 */
public record YamlFault(ProblemCode code, String path, Mark mark, String message) {}
