package dev.ablyauth.faults;

import dev.ablyauth.TestFiles;
import dev.ablyauth.revocation.StorePostgres;

/**
 * What is lost of the denials that a server had acknowledged before it was killed.
 */
final class Kills {

	private Kills() {
	}

	public static void main(String[] arguments) {
		Figures.row("store", "kills", "denials acknowledged", "lost", "goal");
		Figures.row("---", "--:", "--:", "--:", "---");
		tell("SQLite file", new Killing("ably-auth.deny-list.url=" + TestFiles.denyList()));
		try (StorePostgres postgres = new StorePostgres()) {
			tell("PostgreSQL", new Killing(StoreSettings.at(postgres.url())));
		}
	}

	private static void tell(String store, Killing killing) {
		Killing.Outcome outcome = killing.times(Figures.of("KILLS"));
		Figures.row(store, outcome.kills(), outcome.acknowledged(), outcome.lost().size(),
				"0: " + Figures.met(outcome.lost().isEmpty() && outcome.others()));
	}

}
