internal import FoundationEssentials

/// Where the files that tests read are kept.
public enum Repository {
    /// The checkout's folder.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    /// Small data of the tests' own, each described in its README.
    public static let fixtures = "\(root)/Tests/Fixtures"
}
