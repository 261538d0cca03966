BOT_NAME = "ads"
SPIDER_MODULES = ["ads.spiders"]
TELNETCONSOLE_ENABLED = False
# A site that is silent is asked again soon: the mission waits for it.
DOWNLOAD_TIMEOUT = 20
