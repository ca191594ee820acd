package dev.ablyauth.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code doctor}: looks at everything that the server needs, one line each.
 */
@Command(name = "doctor",
		description = { "Looks at everything that the server needs: settings, keys, the clock against Ably, the keys of"
				+ " the issuers, the services and stores that know sessions, the policy, and the files and their modes. One line each.%n" })
final class DoctorCommand implements Callable<Integer> {

	private final Console console;

	private final Rooms.Opener opener;

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	DoctorCommand(Console console, Rooms.Opener opener) {
		this.console = console;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		List<Symptom> symptoms = symptoms();
		boolean isFine = symptoms.stream().noneMatch((symptom) -> symptom.state() == Symptom.State.PROBLEM);
		String text = symptoms.stream().map(Symptom::toString).collect(Collectors.joining("\n"));
		return this.output.print(
				new Answer(isFine, Printable.lines(text), Map.of("isFine", isFine, "checks", symptoms)),
				this.console.out());
	}

	private List<Symptom> symptoms() {
		try (Rooms rooms = this.opener.open(this.settings.settings())) {
			return new Examination(rooms).symptoms();
		}
		catch (UnusableSettingsException ex) {
			return ex.problems().stream().map((problem) -> Symptom.problem("settings", problem)).toList();
		}
	}

}
