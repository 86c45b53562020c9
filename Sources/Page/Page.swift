/// The page that the node shows to browsers: plain files, in `Files/`, which the build puts into the program.
///
/// They are served as they stand there; there is no step between.
public enum Page {
    /// A file as it is served.
    public struct File: Sendable {
        public let bytes: [UInt8]
        /// The media type.
        public let type: String
    }

    /// The page itself.
    public static let index = File(bytes: PackageResources.index_html, type: "text/html; charset=utf-8")

    /// What it loads, by file name.
    public static func file(_ name: String) -> File? { files[name] }

    private static let script = "text/javascript; charset=utf-8"

    private static let files: [String: File] = [
        "app.css": File(bytes: PackageResources.app_css, type: "text/css; charset=utf-8"),
        "app.js": File(bytes: PackageResources.app_js, type: script),
        "api.js": File(bytes: PackageResources.api_js, type: script),
        "filters.js": File(bytes: PackageResources.filters_js, type: script),
        "grid.js": File(bytes: PackageResources.grid_js, type: script),
        "address.js": File(bytes: PackageResources.address_js, type: script),
        "own.js": File(bytes: PackageResources.own_js, type: script),
        "mixture.js": File(bytes: PackageResources.mixture_js, type: script),
        "pictures.js": File(bytes: PackageResources.pictures_js, type: script),
        "status.js": File(bytes: PackageResources.status_js, type: script),
        "theme.js": File(bytes: PackageResources.theme_js, type: script),
        "texts.js": File(bytes: PackageResources.texts_js, type: script),
        "viewer.js": File(bytes: PackageResources.viewer_js, type: script),
        "icon.svg": File(bytes: PackageResources.icon_svg, type: "image/svg+xml"),
    ]
}
