public import Indices
internal import JSON

/// The body of `PUT _settings`: settings, or `{"settings": {…}}`.
public struct SettingsBody: Sendable {
    public let change: SettingsChange

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        change = try JSONBody.decode(body) { (root) throws(ParseError) in
            let members = try root.members(of: .search)
            guard let settings = members.first(where: { $0.name == "settings" && $0.element.kind == .object }) else {
                return SettingsChange(root.element)
            }
            if members.count > 1 {
                throw ParseError(
                    .other("parse_exception", [:]), "mix of settings map and top-level properties", at: root.path)
            }
            return SettingsChange(settings.element)
        }
        if change.values.isEmpty { throw .validation(["no settings to update"]) }
    }
}
