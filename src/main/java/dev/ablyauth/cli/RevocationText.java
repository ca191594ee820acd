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

	static Answer answer(RevocationState state) {
		return new Answer(true, Printable.lines(text(state)), state.members());
	}

	static String text(RevocationState state) {
		return state.targets().stream().map(RevocationText::line).collect(Collectors.joining("\n"));
	}

	private static String line(TargetState target) {
		String what = target.target() + " at the key " + target.key() + ": ";
		return what + ((target.progress() instanceof Progress.OnItsWay) ? "written, a server sends it to Ably"
				: "nothing that Ably could revoke; tokens that are out end by themselves");
	}

}
