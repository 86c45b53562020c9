internal import Foundation

/// The models that come with ClipSearch, found from any working directory.
enum BundledModels {
    static let name = "Models"

    /// `path`, but for a relative `Models` that is not in the working directory: then the one above the executable.
    static func resolved(_ path: String) -> String {
        guard path == name, !FileManager.default.fileExists(atPath: path) else { return path }
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
        }
        return path
    }
}
