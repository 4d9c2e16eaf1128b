"""Static files under hashed names, modules of scripts included: what one imports is named by its hash, too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """Without it a new script would import the module that a browser keeps from before."""

    support_js_module_import_aggregation = True
