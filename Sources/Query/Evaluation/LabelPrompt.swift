/// A text around labels: zero-shot models know sentences better than single words.
public enum LabelPrompt {
    /// Where the label is to stand.
    public static let place = "{}"

    /// The prompt with the label in its place; the label alone where the prompt has none.
    public static func text(of label: String, in prompt: String) -> String {
        guard prompt.contains(place) else { return label }
        return prompt.split(separator: place, omittingEmptySubsequences: false).joined(separator: label)
    }
}
