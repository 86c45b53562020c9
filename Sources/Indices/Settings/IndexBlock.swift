/// What an index can be told to refuse: `index.blocks.*`.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/index-settings/index-block
public enum IndexBlock: String, CaseIterable, Comparable, Sendable {
    case readOnly = "read_only"
    case read
    case write
    case metadata
    case readOnlyAllowDelete = "read_only_allow_delete"

    /// What is done to an index.
    public enum Action: Sendable {
        case read, write, changeMetadata, readMetadata, delete
    }

    /// - Parameter key: `index.blocks.write` and its kin.
    init?(key: String) {
        guard key.hasPrefix("index.blocks.") else { return nil }
        self.init(rawValue: String(key.dropFirst("index.blocks.".count)))
    }

    public var key: String { "index.blocks." + rawValue }

    func refuses(_ action: Action) -> Bool {
        switch (self, action) {
        case (.readOnly, .write), (.readOnly, .changeMetadata), (.readOnly, .delete), (.read, .read), (.write, .write),
            (.metadata, .changeMetadata), (.metadata, .readMetadata), (.metadata, .delete), (.readOnlyAllowDelete, .write):
            true
        case (.readOnly, _), (.read, _), (.write, _), (.metadata, _), (.readOnlyAllowDelete, _): false
        }
    }

    /// In the order in which Elasticsearch numbers them.
    public static func < (left: IndexBlock, right: IndexBlock) -> Bool { left.number < right.number }

    public var number: Int {
        switch self {
        case .readOnly: 5
        case .read: 7
        case .write: 8
        case .metadata: 9
        case .readOnlyAllowDelete: 12
        }
    }
}

extension IndexMetadata {
    /// - Throws: `IndicesError.blocked`.
    func check(_ action: IndexBlock.Action) throws(IndicesError) {
        if settings.blocks.isEmpty { return }
        let refusing = settings.blocks.filter { $0.refuses(action) }.sorted()
        if !refusing.isEmpty { throw .blocked(index: name, by: refusing) }
    }
}
