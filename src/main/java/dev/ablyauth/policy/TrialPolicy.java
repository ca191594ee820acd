package dev.ablyauth.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Tries a policy beside the one in use, without using it.
 */
public final class TrialPolicy {

	private final LivePolicy live;

	private final PolicyLoader loader;

	private final PolicyReader reader;

	private final LintContext context;

	TrialPolicy(LivePolicy live, PolicyLoader loader, PolicyReader reader, LintContext context) {
		this.live = live;
		this.loader = loader;
		this.reader = reader;
		this.context = context;
	}

	/**
	 * Checks a policy, and compares it with the one in use for the users of its own tests
	 * and for others.
	 * @param yaml the text of the file
	 * @param users more users
	 * @param request what the users' requests would be like
	 * @return all that was found
	 */
	public PolicyChange compare(String yaml, List<AppUser> users, RequestFacts request) {
		Policy current = this.live.current();
		PolicyCheck check = PolicyCheck.of(yaml, this.reader, this.context);
		try {
			Policy other = this.loader.load(yaml);
			List<PolicyChange.UserChange> changes = Stream
				.concat(users.stream(), other.text().tests().stream().map(PolicyTest::user))
				.distinct()
				.map((user) -> change(user, Difference.between(current, other, user, Wish.NONE, request)))
				.toList();
			return new PolicyChange(true, check, current.hash(), changes);
		}
		catch (InvalidPolicyException ex) {
			return new PolicyChange(false,
					new PolicyCheck(check.hash(), ex.problems(), check.warnings(), check.tests()), current.hash(),
					List.of());
		}
	}

	private static PolicyChange.UserChange change(AppUser user, Difference difference) {
		return new PolicyChange.UserChange(user.id(), difference.kind().name().toLowerCase(Locale.ROOT),
				text(difference.more()), text(difference.less()), difference.note());
	}

	private static String text(@Nullable Capability capability) {
		return (capability != null) ? capability.text() : "";
	}

}
