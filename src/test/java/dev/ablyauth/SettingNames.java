package dev.ablyauth;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names of all settings, from the records that bind them.
 */
final class SettingNames {

	private SettingNames() {
	}

	/** All names below {@code ably-auth}; {@code []} stands for the number in a list. */
	static List<String> all() {
		return names("", AuthServerProperties.class);
	}

	/** Tells whether a variable of the environment is one of them. */
	static boolean isVariable(String name) {
		return all().stream()
			.map((setting) -> setting.toUpperCase(Locale.ROOT)
				.replace("-", "")
				.replace("[]", "_[0-9]+")
				.replace(".", "_"))
			.anyMatch((setting) -> name.matches("ABLYAUTH_" + setting + "(_[0-9]+)?"));
	}

	private static List<String> names(String prefix, Class<?> type) {
		List<String> names = new ArrayList<>();
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			Type item = (component.getGenericType() instanceof ParameterizedType list)
					? list.getActualTypeArguments()[0] : component.getType();
			if (item instanceof Class<?> part && part.isRecord()) {
				names.addAll(names(name + (component.getType().equals(List.class) ? "[]." : "."), part));
			}
			else {
				names.add(name);
			}
		}
		return names;
	}

}
