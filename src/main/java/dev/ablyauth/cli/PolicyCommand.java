package dev.ablyauth.cli;

import picocli.CommandLine.Command;

/**
 * {@code policy}: what can be asked of a policy.
 */
@Command(name = "policy", description = "Checks, tests and explains a policy.", optionListHeading = "%n")
final class PolicyCommand {

}
