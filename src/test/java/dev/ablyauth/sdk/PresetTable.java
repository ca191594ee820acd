package dev.ablyauth.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of products, features and operations in docs/policy.md.
 */
final class PresetTable {

	private static final Pattern ROW = Pattern.compile("\\| (?:`([a-z-]+)`)? ?\\| (`.*?`) \\| [a-z, -]+ \\|");

	private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

	private PresetTable() {
	}

	/** The features of a product. */
	static List<String> features(String product) {
		List<String> features = new ArrayList<>();
		String current = "";
		for (String line : lines()) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				current = (row.group(1) != null) ? row.group(1) : current;
				if (current.equals(product)) {
					NAME.matcher(row.group(2)).results().forEach((name) -> features.add(name.group(1)));
				}
			}
		}
		return features;
	}

	private static List<String> lines() {
		try {
			return Files.readAllLines(Path.of("docs", "policy.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
