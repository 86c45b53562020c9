/// A Mustache template, read.
///
/// Source: https://mustache.github.io/mustache.5.html, with what Elasticsearch adds:
/// https://www.elastic.co/docs/solutions/search/search-templates
public struct MustacheTemplate: Equatable, Sendable {
    indirect enum Node: Equatable, Sendable {
        case text(String)
        /// A value; `{{{x}}}` and `{{&x}}` write it as it is.
        case value(path: String, isEscaped: Bool)
        case section(path: String, [Node], isInverted: Bool)
        /// `{{#toJson}}x{{/toJson}}`
        case json(path: String)
        /// `{{#join}}x{{/join}}`
        case join(path: String, delimiter: String)
        /// `{{#url}}…{{/url}}`
        case url([Node])
    }

    let nodes: [Node]

    /// - Throws: `MustacheError`.
    public init(_ text: String) throws(MustacheError) {
        var parser = MustacheParser(text)
        nodes = try parser.template()
    }
}
