package dev.ablyauth.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.RevocationWish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code revoke KIND VALUE}: has tokens revoked at Ably and denies nobody.
 */
@Command(name = "revoke",
		description = {
				"Has the tokens of somebody revoked at Ably, so that clients come back and get what the policy"
						+ " gives them now.",
				"It is in the database when the command ends, and a server that uses it sends it to Ably.%n" })
final class RevokeCommand implements Callable<Integer> {

	private final Console console;

	private final Rooms.Opener opener;

	@Mixin
	private final TargetOptions target = new TargetOptions();

	@Option(names = "--margin", description = "Clients are asked to re-authenticate, and have 30 seconds for it.")
	private boolean margin;

	@Mixin
	private final AuthorOptions author = new AuthorOptions();

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	RevokeCommand(Console console, Rooms.Opener opener) {
		this.console = console;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		RevocationWish wish = UnreadableInputException.reading("",
				() -> new RevocationWish(List.of(this.target.read()), this.margin, this.author.name()));
		try (Rooms rooms = this.settings.openWithList(this.opener)) {
			return this.output.print(answer(rooms, wish), this.console.out());
		}
	}

	private Answer answer(Rooms rooms, RevocationWish wish) {
		RevocationText.learnTime(rooms, this.console);
		try {
			return RevocationText.answer(rooms.revocations().revoke(wish, null));
		}
		catch (Refused refused) {
			return Answer.refused(refused, rooms.denyListFile());
		}
	}

}
