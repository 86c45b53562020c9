internal import Files

/// The models that come with ClipSearch, found from any working directory.
enum BundledModels {
    static let name = "Models"

    /// `path`, but for a relative `Models` that is not in the working directory: then the one above the executable.
    static func resolved(_ path: String) -> String {
        guard path == name, !Path.isDirectory(path), var folder = try? Path.resolved("/proc/self/exe") else { return path }
        while folder != "/" {
            folder = Path.parent(of: folder)
            let candidate = Path.join(folder, name)
            if Path.isDirectory(candidate) { return candidate }
        }
        return path
    }
}
