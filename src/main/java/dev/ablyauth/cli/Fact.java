package dev.ablyauth.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a token says.
 *
 * @param name of the member of the JSON answer
 * @param label for a person
 * @param json the value for programs
 * @param words the same for a person, line by line; none where another fact says it
 */
record Fact(String name, String label, @Nullable Object json, List<String> words) {
}
