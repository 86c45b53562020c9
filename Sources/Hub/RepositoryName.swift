/// What a hub calls a model: `owner/name`.
public struct RepositoryName: Hashable, Sendable, CustomStringConvertible {
    public let owner: String
    public let name: String

    public var description: String { "\(owner)/\(name)" }

    /// Parses `owner/name`, of which both parts are letters, digits, `-`, `_` and `.`, as hubs allow them: so each is a
    /// folder's name that neither hides nor leads elsewhere.
    ///
    /// Source: huggingface_hub, utils/_validators.py (`validate_repo_id`).
    ///
    /// - Throws: `HubError.invalidName`.
    public init(_ text: String) throws(HubError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy(Self.isValid), !text.hasSuffix(".git") else { throw .invalidName(text) }
        owner = parts[0]
        name = parts[1]
    }

    private static func isValid(_ part: String) -> Bool {
        guard (1...96).contains(part.utf8.count), !part.contains(".."), !part.contains("--") else { return false }
        guard let first = part.utf8.first, let last = part.utf8.last else { return false }
        let edges: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: ".")]
        return !edges.contains(first) && !edges.contains(last)
            && part.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_.".utf8.contains(byte)
            }
    }
}
