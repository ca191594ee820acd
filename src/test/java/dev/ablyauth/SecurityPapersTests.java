package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The papers for those who judge the security of the server name tests and classes, and
 * these are there.
 */
class SecurityPapersTests {

	private static final Path MAIN = Path.of("src/main/java");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern ROW = Pattern
		.compile("^\\| ([0-9.]+) \\| ([123]) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+?(?:Tests|IT))(?:#(\\w+))?`");

	/** A name of several words, as classes have. */
	private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:#(\\w+))?`");

	private static final Pattern WORD = Pattern.compile("`([A-Z]\\w+)`");

	private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)[^):]*\\)");

	/** What happens, what is then done, what shows it, what to do, and the tests. */
	private static final Pattern FAULT = Pattern.compile("^\\| [^|]+ \\| [^|]+ \\|[^|]*\\| [^|]+ \\| ([^|]+) \\|$",
			Pattern.MULTILINE);

	/** What makes, checks or draws something that nobody is to guess or to forge. */
	private static final Pattern CRYPTOGRAPHY = Pattern.compile(
			"MessageDigest|Mac\\.getInstance|SecretKeySpec|SecureRandom|MACSigner|\\bJwts\\.|JWSVerifier|DefaultJOSE"
					+ "|MACVerifier");

	/** The name of an algorithm, where one is asked for or kept for that. */
	private static final Pattern ALGORITHM = Pattern.compile("\"((?:Hmac)?(?:SHA|MD)-?[0-9]+)\"");

	private static final Pattern ASSET = Pattern.compile("^\\| [^|]+ \\| [^|]+ \\| ([a-z]+) \\| [^|]+ \\|$",
			Pattern.MULTILINE);

	private static final Pattern FIELD = Pattern.compile("\\.with\\(\"([a-zA-Z]+)\"");

	/** What opens connections. */
	private static final Pattern CONNECTIONS = Pattern
		.compile("HttpClient\\.new|new HikariDataSource|new DriverManagerDataSource|new SimpleDriverDataSource"
				+ "|RedisClient\\.create|new Socket\\(|openConnection\\(|openStream\\(");

	/** The lines of levels 1 and 2, as OWASP numbers them in version 5.0.0. */
	private static final Map<String, String> ASKED_FOR = Map.ofEntries(Map.entry("4.1", "1 2 3"), Map.entry("4.2", "1"),
			Map.entry("4.3", "1 2"), Map.entry("4.4", "1 2 3 4"), Map.entry("8.1", "1 2"), Map.entry("8.2", "1 2 3"),
			Map.entry("8.3", "1"), Map.entry("8.4", "1"), Map.entry("9.1", "1 2 3"), Map.entry("9.2", "1 2 3 4"),
			Map.entry("10.3", "1 2 3 4"), Map.entry("11.1", "1 2"), Map.entry("11.2", "1 2 3"),
			Map.entry("11.3", "1 2 3"), Map.entry("11.4", "1 2 3 4"), Map.entry("11.5", "1"), Map.entry("11.6", "1"),
			Map.entry("13.1", "1"), Map.entry("13.2", "1 2 3 4 5"), Map.entry("13.3", "1 2"),
			Map.entry("13.4", "1 2 3 4 5"), Map.entry("14.1", "1 2"), Map.entry("14.2", "1 2 3 4"),
			Map.entry("14.3", "1 2 3"), Map.entry("16.1", "1"), Map.entry("16.2", "1 2 3 4 5"),
			Map.entry("16.3", "1 2 3 4"), Map.entry("16.4", "1 2 3"), Map.entry("16.5", "1 2 3"));

	private final Map<String, Class<?>> classes = index(MAIN, TESTS);

	@Test
	void linesThenEachHasOneVerdictAndWhatItRestsOn() {
		List<MatchResult> rows = rows();
		String table = text("docs/security/asvs.md");
		assertThat(table.lines().filter((line) -> line.matches("\\| [0-9].*"))).hasSameSizeAs(rows);
		assertThat(rows.stream().map((row) -> row.group(1))).doesNotHaveDuplicates();
		assertThat(rows).allSatisfy((row) -> {
			assertThat(row.group(4)).as(row.group()).isIn("met", "not applicable", "not met");
			if (row.group(4).equals("met")) {
				assertThat(tests(row.group(5))).as(row.group()).isNotEmpty();
			}
			else {
				assertThat(row.group(5)).as(row.group()).startsWith("because ").hasSizeGreaterThan(30);
			}
		});
	}

	@Test
	void linesThenAllOfTheChaptersThatCountAreThere() {
		List<String> asked = ASKED_FOR.entrySet()
			.stream()
			.flatMap((section) -> Stream.of(section.getValue().split(" ", -1))
				.map((number) -> section.getKey() + "." + number))
			.toList();
		assertThat(rows().stream().map((row) -> row.group(1))).containsAll(asked);
	}

	@Test
	void countsThenThoseOfTheTable() {
		Map<String, Long> counts = rows().stream()
			.collect(Collectors.groupingBy((row) -> row.group(4), Collectors.counting()));
		assertThat(text("docs/security/asvs.md")).contains("%d lines: %d met, %d not applicable, %d not met."
			.formatted(rows().size(), counts.get("met"), counts.get("not applicable"), counts.get("not met")));
	}

	/** A test that an ordinary build leaves out shows nothing to whoever runs one. */
	@Test
	void testsOfTheTableThenAreThereAndRun() {
		assertThat(rows()).allSatisfy((row) -> assertThat(tests(row.group(5))).allSatisfy((test) -> {
			Class<?> type = type(test.group(1));
			assertThat(testsIn(type)).as(test.group()).isNotEmpty();
			assertThat(type.isAnnotationPresent(Tag.class)).as(test.group()).isFalse();
			if (test.group(2) != null) {
				assertThat(testsIn(type)).as(test.group()).contains(test.group(2));
			}
		}));
	}

	@Test
	void faultsThenEachHasTestsThatMakeItHappen() {
		String page = text("docs/operations/faults.md");
		List<String> rows = page.lines()
			.filter((line) -> line.startsWith("| ") && !line.endsWith("| Tests |"))
			.toList();
		assertThat(rows).hasSizeGreaterThan(40).allSatisfy((line) -> {
			MatchResult row = FAULT.matcher(line).results().findFirst().orElseThrow();
			assertThat(tests(row.group(1))).as(line)
				.isNotEmpty()
				.allSatisfy((test) -> assertThat(testsIn(type(test.group(1)))).isNotEmpty());
		});
		assertThat(tests(page).stream().map((test) -> test.group(1)))
			.containsAll(files(TESTS.resolve("dev/ablyauth/faults")).map(SecurityPapersTests::simpleName)
				.filter((name) -> name.endsWith("Tests"))
				.toList());
	}

	@Test
	void classesOfThePapersThenAreThere() {
		assertThat(papers()).allSatisfy((paper) -> {
			List<MatchResult> named = CLASS.matcher(paper).results().toList();
			assertThat(named).allSatisfy((name) -> {
				Class<?> type = type(name.group(1));
				if (name.group(2) != null) {
					assertThat(testsIn(type)).as(name.group()).contains(name.group(2));
				}
			});
		});
		assertThat(CLASS.matcher(text("docs/security/threat-model.md")).results().count()).isGreaterThan(40);
	}

	@Test
	void linksOfThePapersThenLeadToAFile() {
		for (Path paper : paperFiles()) {
			assertThat(LINK.matcher(text(paper.toString())).results().map((link) -> link.group(1)))
				.allSatisfy((link) -> assertThat(paper.toAbsolutePath().resolveSibling(link).normalize()).exists());
		}
	}

	@Test
	void cryptographyThenEachClassThatHasAnyIsInTheInventory() {
		assertThat(named("docs/security/keys.md")).containsAll(classesWith(CRYPTOGRAPHY));
	}

	@Test
	void connectionsThenEachClassThatOpensAnyIsListed() {
		assertThat(named("docs/security/calls-and-logs.md")).containsAll(classesWith(CONNECTIONS));
	}

	@Test
	void cryptographyThenOnlySha256IsNamed() {
		List<String> named = sources().flatMap((source) -> ALGORITHM.matcher(source).results())
			.map((match) -> match.group(1))
			.distinct()
			.toList();
		assertThat(named).containsExactlyInAnyOrder("SHA-256", "HmacSHA256");
	}

	@Test
	void assetsThenEachHasALevelThatIsExplained() {
		String paper = text("docs/security/threat-model.md");
		List<String> levels = List.of("secret", "personal", "internal", "open");
		List<String> assets = ASSET.matcher(paper.substring(0, paper.indexOf("## Who")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(assets).hasSizeGreaterThan(10).allSatisfy((level) -> assertThat(levels).contains(level));
		assertThat(levels).allSatisfy((level) -> assertThat(paper).contains("\n| " + level + " | "));
	}

	@Test
	void auditFieldsThenEachIsInTheReadme() {
		String readme = text("README.md");
		String table = readme.substring(readme.indexOf("## Audit and logs"));
		List<String> fields = sources().filter((source) -> source.contains("AuditRecord"))
			.flatMap((source) -> FIELD.matcher(source).results())
			.map((match) -> match.group(1))
			.distinct()
			.toList();
		assertThat(fields).hasSizeGreaterThan(15).allSatisfy((field) -> assertThat(table).contains("`" + field + "`"));
	}

	private static Stream<String> sources() {
		return files(MAIN).filter((file) -> file.toString().endsWith(".java")).map((file) -> text(file.toString()));
	}

	private static List<MatchResult> rows() {
		return ROW.matcher(text("docs/security/asvs.md")).results().toList();
	}

	private Class<?> type(String name) {
		assertThat(this.classes).as(name).containsKey(name);
		return Objects.requireNonNull(this.classes.get(name));
	}

	private static List<MatchResult> tests(String text) {
		return TEST.matcher(text).results().toList();
	}

	/** Methods, also those that a class has from another, and rules of ArchUnit. */
	private static List<String> testsIn(Class<?> type) {
		List<String> tests = new ArrayList<>();
		for (Class<?> part = type; part != null; part = part.getSuperclass()) {
			Arrays.stream(part.getDeclaredMethods())
				.filter(SecurityPapersTests::isTest)
				.forEach((method) -> tests.add(method.getName()));
			Arrays.stream(part.getDeclaredFields())
				.filter(SecurityPapersTests::isTest)
				.forEach((field) -> tests.add(field.getName()));
		}
		return tests;
	}

	private static boolean isTest(AnnotatedElement element) {
		return AnnotationSupport.isAnnotated(element, Testable.class);
	}

	private static List<String> named(String paper) {
		return WORD.matcher(text(paper)).results().map((name) -> name.group(1)).toList();
	}

	private static List<String> classesWith(Pattern pattern) {
		List<String> found = files(MAIN).filter((file) -> file.toString().endsWith(".java"))
			.filter((file) -> pattern.matcher(text(file.toString())).find())
			.map(SecurityPapersTests::simpleName)
			.toList();
		assertThat(found).isNotEmpty();
		return found;
	}

	private static List<Path> paperFiles() {
		return Stream
			.concat(files(Path.of("docs"))
				.filter((file) -> file.startsWith("docs/security") || file.startsWith("docs/operations"))
				.filter((file) -> !file.toString().endsWith(".png")), Stream.of(Path.of("SECURITY.md")))
			.toList();
	}

	private static List<String> papers() {
		return paperFiles().stream().map((file) -> text(file.toString())).toList();
	}

	private static Map<String, Class<?>> index(Path... roots) {
		return Stream.of(roots)
			.flatMap((root) -> files(root)
				.filter((file) -> file.toString().endsWith(".java") && !simpleName(file).endsWith("-info"))
				.map((file) -> load(root.relativize(file))))
			.collect(Collectors.toMap(Class::getSimpleName, (type) -> type, (first, second) -> first));
	}

	private static String simpleName(Path file) {
		return file.getFileName().toString().replace(".java", "");
	}

	private static Class<?> load(Path file) {
		try {
			return Class.forName(file.toString().replace(".java", "").replace('/', '.'), false,
					SecurityPapersTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<Path> files(Path folder) {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
