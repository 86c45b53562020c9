public import Indices
internal import JSON

/// The body of `_clone`, `_shrink` and `_split`.
public struct ResizeBody: Sendable {
    public private(set) var settings = SettingsChange([:])
    public private(set) var aliases: [String: AliasMetadata] = [:]
    /// In bytes.
    public private(set) var maximumShardBytes: Int?

    private enum Key: String, BodyKey {
        case settings, aliases
        case maximumShardSize = "max_primary_shard_size"
    }

    /// No body.
    public init() {}

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = ResizeBody()
            for (key, field) in try root.fields(Key.self, of: .object("resize_request")) {
                switch key {
                case .settings:
                    guard field.element.kind == .object else { throw field.unexpected }
                    result.settings = SettingsChange(field.element)
                case .aliases: result.aliases = try AliasParts.aliases(field)
                case .maximumShardSize:
                    let text = try field.text()
                    guard let size = ByteSize(parsing: text), size.bytes > 0 else {
                        throw .argument(
                            "failed to parse setting [max_primary_shard_size] with value [\(text)] as a size in bytes: unit is missing "
                                + "or unrecognized", at: field.path)
                    }
                    result.maximumShardBytes = size.bytes
                }
            }
            return result
        }
    }
}
