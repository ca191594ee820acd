package dev.ablyauth.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where audit lines go, and whether a token may leave without one.
 *
 * @param required whether no token leaves whose line was not written
 * @param stdout whether lines go to the log, and so to standard output
 * @param file where they go too, or null
 * @param maxSize when the file begins anew
 * @param keep how many old files there may be
 */
public record AuditProperties(@DefaultValue("false") boolean required, @DefaultValue("true") boolean stdout,
		@Nullable Path file, @DefaultValue("100MB") DataSize maxSize, @DefaultValue("10") int keep) {

	private static final DataSize SMALLEST = DataSize.ofKilobytes(64);

	private static final int MOST_KEPT = 1000;

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.required && !this.stdout && this.file == null) {
			problems.add(name + ".file: is missing; required lines must go somewhere, and stdout is false");
		}
		if (this.file != null && !canBeWritten(this.file.toAbsolutePath())) {
			problems.add(name + ".file: \"" + this.file + "\" cannot be written");
		}
		if (this.maxSize.compareTo(SMALLEST) < 0) {
			problems.add(name + ".max-size: must be 64KB or more");
		}
		if (this.keep < 1 || this.keep > MOST_KEPT) {
			problems.add(name + ".keep: must be from 1 to " + MOST_KEPT);
		}
		return problems;
	}

	private static boolean canBeWritten(Path file) {
		return Files.exists(file) ? Files.isRegularFile(file) && Files.isWritable(file)
				: file.getParent() != null && Files.isDirectory(file.getParent()) && Files.isWritable(file.getParent());
	}

}
