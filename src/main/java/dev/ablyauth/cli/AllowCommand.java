package dev.ablyauth.cli;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code allow ID...}: ends denials.
 */
@Command(name = "allow",
		description = { "Ends denials, so that whom they name may come in again. See denied for ids.%n" })
final class AllowCommand implements Callable<Integer> {

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Parameters(paramLabel = "ID", arity = "1..*", description = "Which, as deny and denied show them.")
	private List<String> ids = List.of();

	@Mixin
	private final AuthorOptions author = new AuthorOptions();

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	AllowCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		List<DenialId> known = UnreadableInputException.reading("ID: ",
				() -> this.ids.stream().map(DenialId::parse).toList());
		try (Rooms rooms = this.settings.openWithList(this.opener)) {
			return this.output.print(answer(rooms, known), this.console.out());
		}
	}

	private Answer answer(Rooms rooms, List<DenialId> known) {
		try {
			List<Optional<Denial>> ended = known.stream()
				.map((id) -> rooms.denials().allow(id, this.author.name()))
				.toList();
			String text = ended.stream()
				.map((denial) -> denial.map((found) -> "Ended: " + DeniedCommand.line(found)).orElse("There is none."))
				.collect(Collectors.joining("\n"));
			return new Answer(ended.stream().allMatch(Optional::isPresent), Printable.lines(text),
					Map.of("denials",
							ended.stream()
								.flatMap(Optional::stream)
								.map((denial) -> denial.members(this.clock.instant()))
								.toList()));
		}
		catch (Refused refused) {
			return Answer.refused(refused, rooms.denyListFile());
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException(ex.getMessage() + ".");
		}
	}

}
