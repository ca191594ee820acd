package dev.ablyauth.policy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in use, which follows its file. A new one replaces the old one in one step,
 * after it was read, checked and tested as a whole; where that fails, the old one stays.
 * A request asks once for the current policy and sees no other.
 */
public final class LivePolicy {

	private static final Logger LOGGER = LoggerFactory.getLogger(LivePolicy.class);

	private final PolicyFile file;

	private final PolicyLoader loader;

	private final LintContext context;

	private final LongAdder reloads = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final List<Consumer<Policy>> followers = new CopyOnWriteArrayList<>();

	private volatile Policy current;

	private volatile List<PolicyProblem> problems = List.of();

	/** The state of the file that was loaded or refused last. */
	private Object seen;

	/**
	 * A newer state of the file, of which it is not yet sure that nobody is writing it.
	 */
	private @Nullable Object unsettled;

	LivePolicy(PolicyFile file, PolicyLoader loader, LintContext context, Object stamp, Policy policy) {
		this.context = context;
		this.file = file;
		this.loader = loader;
		this.seen = stamp;
		this.current = policy;
	}

	/**
	 * Loads a file for the first time.
	 * @throws InvalidPolicyException if it cannot be used
	 */
	static LivePolicy of(PolicyFile file, PolicyLoader loader, LintContext context) {
		Object stamp = file.stamp();
		LivePolicy live = new LivePolicy(file, loader, context, stamp, loader.load(file.text()));
		Lint.warnings(live.current.text(), context).forEach(live::warn);
		return live;
	}

	/**
	 * Returns the policy.
	 * @return the one to decide a whole request by
	 */
	public Policy current() {
		return this.current;
	}

	/**
	 * Tells of the policy in use, now and whenever it is another one.
	 * @param follower is told
	 */
	public synchronized void follow(Consumer<Policy> follower) {
		this.followers.add(follower);
		follower.accept(this.current);
	}

	/** One that cannot follow holds up no other, and does not undo the change. */
	private static void tell(Consumer<Policy> follower, Policy next) {
		try {
			follower.accept(next);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("The policy was replaced, and something does not follow", ex);
		}
	}

	/**
	 * Looks whether the file has changed, and takes it when it has been the same at two
	 * looks: a file that is being written may be a policy without its last rules.
	 */
	synchronized void look() {
		Object now = this.file.stamp();
		if (now.equals(this.seen)) {
			this.unsettled = null;
			return;
		}
		if (!now.equals(this.unsettled)) {
			this.unsettled = now;
			return;
		}
		this.unsettled = null;
		String yaml = "";
		List<PolicyProblem> found = List.of();
		try {
			yaml = this.file.text();
		}
		catch (InvalidPolicyException ex) {
			found = ex.problems();
		}
		if (now.equals(this.file.stamp())) {
			this.seen = now;
			take(yaml, found);
		}
	}

	private void take(String yaml, List<PolicyProblem> unreadable) {
		try {
			if (!unreadable.isEmpty()) {
				throw new InvalidPolicyException(unreadable);
			}
			Policy next = this.loader.load(yaml);
			List<PolicyProblem> warnings = Lint.warnings(next.text(), this.context);
			if (!next.hash().equals(this.current.hash())) {
				this.current = next;
				this.reloads.increment();
				this.followers.forEach((follower) -> tell(follower, next));
				LOGGER.info("The policy {} is now {}", this.file, next.hash());
				warnings.forEach(this::warn);
			}
			else if (!this.problems.isEmpty()) {
				LOGGER.info("The {} is the policy {} again, which is in use", this.file, next.hash());
			}
			this.problems = List.of();
		}
		catch (InvalidPolicyException ex) {
			refuse(ex.problems());
		}
		catch (RuntimeException | StackOverflowError ex) {
			LOGGER.error("The policy file brings the reader down", ex);
			refuse(List.of(new Place(1, 1).problem("the file brings the reader down: " + ex.getClass().getName())));
		}
	}

	private void refuse(List<PolicyProblem> found) {
		this.problems = found;
		this.failures.increment();
		found.forEach((problem) -> LOGGER.error("{}: {}", this.file, problem));
		LOGGER.error("The new {} is not used; the policy {} stays", this.file, this.current.hash());
	}

	private void warn(PolicyProblem warning) {
		LOGGER.warn("{}: {}", this.file, warning);
	}

	/**
	 * Returns what is wrong with the file as it is now.
	 * @return nothing if it is the policy in use
	 */
	public List<PolicyProblem> problems() {
		return this.problems;
	}

	/**
	 * Counts how often the policy was replaced.
	 * @return since the start
	 */
	public long reloads() {
		return this.reloads.sum();
	}

	/**
	 * Counts how often a new file could not be used.
	 * @return since the start
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * A policy that is tried beside the one in use.
	 *
	 * @param policy follows a file of its own, or null if there is none
	 */
	public record Shadow(@Nullable LivePolicy policy) {
	}

}
