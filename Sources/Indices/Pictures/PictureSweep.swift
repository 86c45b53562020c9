internal import Files
internal import JSON
internal import Mapping
internal import Shards

/// Removes kept pictures that no document has any more.
///
/// A picture is kept before its document is written, so that files of the last minutes are left alone. Whether a document has one
/// is asked of what searches see, once that is all that was written. A file is put aside, and looked at once more, before it is
/// removed: one that was written meanwhile is young, and comes back. What a crash leaves aside, the next sweep finds.
struct PictureSweep {
    /// A document follows its picture within these seconds.
    static let grace = 600.0
    private static let asideSuffix = ".unused"

    let store: PictureStore
    let shards: [Shard]
    let mapping: Mapping

    /// What a sweep found.
    enum Result: Equatable {
        case finished
        /// Files are too young, or searches do not see all that was written.
        case later
    }

    /// - Parameter now: seconds since 1970.
    /// - Throws: `IndicesError.file`.
    /// - Complexity: O(kept files · shards · log hashes).
    func run(now: Double) throws(IndicesError) -> Result {
        guard let field = mapping.hashField, try IndicesError.wrapping(Path.exists(store.path)) else { return .finished }
        // Whether they have it is only known of documents that searches see.
        guard shards.allSatisfy(\.isRefreshed) else { return .later }
        let views = shards.map(\.view)
        var result = Result.finished
        for file in try IndicesError.wrapping(Directory.files(below: store.path)) {
            let path = Path.join(store.path, file)
            let name = file.split(separator: "/").last.map(String.init) ?? ""
            let isAside = name.hasSuffix(Self.asideSuffix)
            guard let hash = PictureHash(isAside ? String(name.dropLast(Self.asideSuffix.count)) : name) else {
                // What a crash left of a file that was being written.
                if isOld(path, now), name.hasSuffix(".new") { try IndicesError.wrapping(Path.remove(path)) }
                continue
            }
            let isNeeded = views.contains { $0.hasDocument(withTerm: hash.text, in: field) }
            if isAside {
                let own = String(path.dropLast(Self.asideSuffix.count))
                if isNeeded, try !IndicesError.wrapping(Path.exists(own)) {
                    try IndicesError.wrapping(Path.move(path, to: own))
                } else {
                    try IndicesError.wrapping(Path.remove(path))
                }
            } else if !isNeeded {
                if try !remove(path, now) { result = .later }
            }
        }
        return result
    }

    private func isOld(_ path: String, _ now: Double) -> Bool {
        Path.modificationTime(of: path).map { now - $0 >= Self.grace } ?? false
    }

    /// - Returns: whether it was old enough.
    private func remove(_ path: String, _ now: Double) throws(IndicesError) -> Bool {
        guard isOld(path, now) else { return false }
        let aside = path + Self.asideSuffix
        return try IndicesError.wrapping { () throws(FileError) in
            try Path.rename(path, to: aside)
            guard isOld(aside, now) else {
                // It has come again since.
                if try Path.exists(path) { try Path.remove(aside) } else { try Path.move(aside, to: path) }
                return false
            }
            try Path.remove(aside)
            return true
        }
    }
}

extension Mapping {
    /// The field by whose terms documents with a picture are found; nil where they cannot be: then nothing is ever removed.
    fileprivate var hashField: String? {
        ["image_hash", "image_hash.keyword"].first { path in
            guard let field = field(path)?.limited(by: limits), field.isIndexed,
                case .keyword(let options) = field.type
            else { return false }
            return options.ignoreAbove >= 64 && field.parameters["normalizer"] == nil && !isNestedOrComputed(path)
        }
    }

    private func isNestedOrComputed(_ path: String) -> Bool { runtime[path] != nil || target(of: path) != path }
}
