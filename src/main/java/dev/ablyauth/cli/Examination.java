package dev.ablyauth.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.PolicyCheck;
import dev.ablyauth.policy.PolicyFile;
import dev.ablyauth.policy.PolicyReader;
import dev.ablyauth.session.IssuerCheck;
import dev.ablyauth.session.JwtIssuerProperties;
import dev.ablyauth.session.SessionTrial;

/**
 * Looks at everything that the server needs. Its settings are fine, or it would not have
 * been opened.
 */
final class Examination {

	/**
	 * Ably takes a TokenRequest within two minutes of its clock, and no JWT of its
	 * future.
	 */
	private static final Duration MUCH = Duration.ofSeconds(30);

	private static final Duration LITTLE = Duration.ofSeconds(1);

	private final Rooms rooms;

	private final List<Symptom> symptoms = new ArrayList<>();

	private final Set<String> claims = new HashSet<>();

	Examination(Rooms rooms) {
		this.rooms = rooms;
	}

	List<Symptom> symptoms() {
		this.symptoms.add(Symptom.ok("settings", "they can be used"));
		this.rooms.keys().forEach(this::key);
		clock();
		boolean allSay = true;
		for (JwtIssuerProperties issuer : this.rooms.sessionSettings().issuers()) {
			allSay &= issuer(issuer);
		}
		this.rooms.sessions().trials().forEach(this::sessions);
		policy(allSay);
		denyList();
		Modes.of(Path.of("application.yml"), true).ifPresent(this.symptoms::add);
		return this.symptoms;
	}

	private void denyList() {
		Path missing = this.rooms.missingDenyList();
		if (missing != null) {
			this.symptoms.add(Symptom.warning("deny-list", "there is none at " + missing
					+ "; a server that starts makes a new one, in which nobody is denied"));
		}
		else if (this.rooms.denyListFile() != null) {
			Modes.ofOwner(this.rooms.denyListFile()).ifPresent(this.symptoms::add);
		}
	}

	private void key(KeyProperties settings) {
		ApiKey key = settings.key();
		this.symptoms.add(key.secret().isShort()
				? Symptom.warning("key",
						key.name() + " has one of Ably's old, short secrets; a new key has a longer one")
				: Symptom.ok("key", key.name() + (settings.revocableTokens() ? ", with revocable tokens" : "")
						+ ((settings.drainUntil() != null) ? ", drains until " + settings.drainUntil() : "")));
		if (settings.file() != null) {
			Modes.of(settings.file(), true).ifPresent(this.symptoms::add);
		}
	}

	private void clock() {
		try {
			Duration offset = this.rooms.ably().clockOffset();
			String message = "Ably's clock is " + offset.abs().toMillis() + " ms "
					+ (offset.isNegative() ? "behind" : "ahead of") + " this one";
			this.symptoms.add((offset.abs().compareTo(MUCH) > 0) ? Symptom.problem("clock", message)
					: (offset.abs().compareTo(LITTLE) > 0) ? Symptom.warning("clock", message)
							: Symptom.ok("clock", message));
		}
		catch (Refused ex) {
			this.symptoms.add(Symptom.problem("clock", "Ably cannot be asked: " + ex.getMessage()));
		}
	}

	/** Looks at an issuer; tells whether it says which claims its tokens have. */
	private boolean issuer(JwtIssuerProperties settings) {
		IssuerCheck check = IssuerCheck.of(settings);
		String problem = check.problem();
		this.symptoms.add((problem != null) ? Symptom.problem("issuer", check.issuer() + ": " + problem) : Symptom.ok(
				"issuer",
				check.issuer() + ((settings.secret() != null) ? ", with a shared secret" : ", its keys can be had")));
		this.claims.addAll(check.claims());
		return !check.claims().isEmpty();
	}

	private void sessions(SessionTrial trial) {
		this.symptoms
			.add((trial.problem() != null) ? Symptom.problem("sessions", trial.subject() + ": " + trial.problem())
					: Symptom.ok("sessions", trial.subject() + ", and a made-up credential is nobody's"));
	}

	private void policy(boolean allIssuersSayTheirClaims) {
		String location = this.rooms.policyFile().location();
		LintContext lint = this.rooms.lint();
		LintContext context = new LintContext(lint.longestTtl(), lint.maxBytes(),
				allIssuersSayTheirClaims ? this.claims : null);
		PolicyCheck check = PolicyCheck.of(new PolicyFile(location).text(), new PolicyReader(this.rooms.operations()),
				context);
		this.symptoms.add(Symptom.ok("policy",
				location + ", " + check.tests().size() + " tests passed, version " + check.hash()));
		check.warnings().forEach((warning) -> this.symptoms.add(Symptom.warning("policy", location + ": " + warning)));
		if (!location.startsWith("classpath:")) {
			Modes.of(Path.of(location.replaceFirst("^file:(//)?", "")), false).ifPresent(this.symptoms::add);
		}
	}

}
