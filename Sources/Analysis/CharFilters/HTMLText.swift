/// Texts of HTML, as `html_strip` reads them.
public enum HTMLText {
    /// The text without tags, its entities read; tags that begin a line become one.
    ///
    /// - Complexity: O(text).
    public static func withoutTags(_ text: String) -> String { HTMLStripCharFilter().filtered(SourceText(text)).string }
}
