/// What was seen of a folder, parts of which could not be looked into.
protocol FolderLook: Sendable {
    /// Folders of which nothing is known.
    var unreadable: [String] { get }
}

extension FolderLook {
    /// Whether a file that was not seen is not there.
    func knows(_ relativePath: String) -> Bool { !unreadable.contains { relativePath.hasPrefix($0 + "/") } }
}
