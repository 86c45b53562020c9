internal import JSON

/// How an index of another node is made up, as far as it can be made here.
struct SourceIndex {
    /// Settings of the other node's own doings, by the beginnings of their names.
    private static let ownSettings = [
        "index.uuid", "index.creation_date", "index.provided_name", "index.version.", "index.history.", "index.routing.", "index.resize.",
        "index.blocks.", "index.lifecycle.", "index.verified_before_close", "index.store.", "index.merge.", "index.translog.", "index.unassigned.",
        "index.shard.", "index.recovery.", "index.write.", "index.priority", "index.codec", "index.search.", "index.indexing.", "index.allocation.",
    ]

    let settings: JSONMembers
    let mappings: JSONValue
    let aliases: JSONMembers

    /// - Parameter answer: to `GET /{name}?flat_settings=true`.
    /// - Throws: `ImportError.migration` where the name is of several indices.
    init(_ name: String, _ answer: JSONObject) throws(ImportError) {
        guard let index = answer.first(where: { _ in true }), answer.count == 1, let description = index.value.object else {
            throw .migration("\(name) is \(answer.count) indices: name them one by one")
        }
        var kept = JSONMembers()
        for member in description["settings"].flatMap({ JSONValue($0).object }) ?? [:]
        where !Self.ownSettings.contains(where: { member.key.hasPrefix($0) }) {
            kept[member.key] = member.value
        }
        settings = kept
        mappings = description["mappings"].map { JSONValue($0) } ?? [:]
        aliases = JSONMembers(description["aliases"]?.object?.map { ($0.key, JSONValue($0.value)) } ?? [])
    }

    /// The body that makes such an index, without some of the settings, and without an alias that would stand in its own way.
    func body(named name: String, without dropped: [String]) -> JSONValue {
        let settings = JSONMembers(settings.filter { member in !dropped.contains(member.key) }.map { ($0.key, $0.value) })
        let aliases = JSONMembers(aliases.filter { $0.key != name }.map { ($0.key, $0.value) })
        return ["settings": .object(settings), "mappings": mappings, "aliases": .object(aliases)]
    }
}
