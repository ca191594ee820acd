package dev.ablyauth.cli;

import java.util.stream.Collectors;

import dev.ablyauth.revocation.Progress;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.TargetState;

/**
 * What becomes of a revocation, for a person at the command line.
 */
final class RevocationText {

	private RevocationText() {
	}

	/**
	 * A revocation is for what was issued before a second of Ably's time, and that is the
	 * one of the command: a server that takes it up later must not revoke what people
	 * have got since.
	 */
	static void learnTime(Rooms rooms, Console console) {
		if (!rooms.ablysTime().getAsBoolean()) {
			console.err()
				.println("Ably does not say what time it is, so the clock of this machine counts."
						+ " Where that is behind, tokens of just now are not revoked; revoke again when it is right.");
		}
	}

	static Answer answer(RevocationState state) {
		return new Answer(true, Printable.lines(text(state)), state.members());
	}

	static String text(RevocationState state) {
		return "Revocation " + state.id() + "\n"
				+ state.targets().stream().map(RevocationText::line).collect(Collectors.joining("\n"));
	}

	private static String line(TargetState target) {
		String what = target.target() + " at the key " + target.key() + ": ";
		return what + ((target.progress() instanceof Progress.OnItsWay) ? "written, a server sends it to Ably"
				: "nothing that Ably could revoke; tokens that are out end by themselves");
	}

}
