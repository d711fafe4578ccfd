"""Settings of the portal: one file, three environments, everything else by environment variable.

CAGEC_AMBIENTE is ``embutido`` (one command on one machine), ``testes`` or ``producao``. Production refuses
to start with unsafe values (see ``cagec/seguranca.py``). docs/ambiente.md lists every variable.
"""

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from cagec import seguranca

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

AMBIENTE = os.environ.get("CAGEC_AMBIENTE", "embutido")
if AMBIENTE not in {"embutido", "testes", "producao"}:
    raise ImproperlyConfigured("CAGEC_AMBIENTE deve ser embutido, testes ou producao.")
PRODUCAO = AMBIENTE == "producao"
if PRODUCAO:
    seguranca.exigir(os.environ)

DEBUG = False
SECRET_KEY = os.environ.get("CAGEC_SECRET_KEY", "" if PRODUCAO else "somente-para-desenvolvimento-e-testes")
SECRET_KEY_FALLBACKS = [k for k in os.environ.get("CAGEC_SECRET_KEYS_ANTIGAS", "").split(",") if k]
ALLOWED_HOSTS = [h for h in os.environ.get("CAGEC_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
ENDERECO = os.environ.get("CAGEC_ENDERECO", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [ENDERECO]
DADOS = Path(os.environ.get("CAGEC_DADOS", BASE_DIR / "dados"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "cagec.apps.CagecConfig",
    "cagec.correio",
    "contas",
    "documentos",
    "convenentes",
    "atendimento",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "cagec.apps.AdminConfig",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cagec.middleware.PedidoLegivel",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cagec.middleware.SemCopia",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cagec.middleware.Manutencao",
    "contas.middleware.FormularioGuardado",
    "allauth.account.middleware.AccountMiddleware",
    "contas.middleware.SessaoEmUso",
    "contas.middleware.TermoAceito",
    "contas.middleware.SegundoFatorDaEquipe",
]

ROOT_URLCONF = "cagec.urls"
WSGI_APPLICATION = "cagec.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["cagec.templatetags.componentes"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cagec.contexto.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The process runs as one of two roles: `cagec_dono` owns the schema and migrates, `cagec_app` does the work.
PAPEL = os.environ.get("CAGEC_PAPEL", "app")
_endereco_banco = os.environ.get("DATABASE_URL_DONO" if PAPEL == "dono" else "DATABASE_URL", "")
_banco: dict[str, Any] = conninfo_to_dict(_endereco_banco)
# 10 s for a page; the jobs set 300 s; a migration takes what it takes.
_limite_ms = 0 if PAPEL == "dono" else int(os.environ.get("CAGEC_STATEMENT_TIMEOUT_MS", "10000"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _banco.get("dbname", "cagec"),
        "USER": _banco.get("user", ""),
        "PASSWORD": _banco.get("password", ""),
        "HOST": _banco.get("host", ""),
        "PORT": _banco.get("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": f"-c statement_timeout={_limite_ms} -c lock_timeout=5000",
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

VALKEY_URL = os.environ.get("VALKEY_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": VALKEY_URL}}
CELERY_BROKER_URL = VALKEY_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must not hold a web request: the sweep picks up what was left behind.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 0}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "America/Sao_Paulo"
CELERY_BEAT_SCHEDULE = {
    "correio-varrer": {"task": "cagec.correio.tasks.varrer", "schedule": 60.0},
    "correio-receber": {"task": "cagec.correio.tasks.receber", "schedule": 60.0},
    "convenentes-vigiar-convites": {"task": "convenentes.tasks.vigiar_convites", "schedule": 60.0},
    "convenentes-lembrar": {"task": "convenentes.tasks.lembrar", "schedule": 3600.0},
    "contas-limpar-sessoes": {"task": "contas.tasks.limpar_sessoes", "schedule": 86400.0},
    "documentos-varrer-exames": {"task": "documentos.tasks.varrer_exames", "schedule": 60.0},
    "documentos-varrer-orfaos": {"task": "documentos.tasks.varrer_orfaos", "schedule": 86400.0},
    "documentos-conferir": {
        "task": "documentos.tasks.conferir_integridade",
        "schedule": crontab(hour=2, minute=30),
    },
    "documentos-apagar-vencidos": {
        "task": "documentos.tasks.apagar_vencidos",
        "schedule": crontab(hour=3, minute=30),
    },
    "documentos-varrer-transferencias": {
        "task": "documentos.tasks.varrer_transferencias",
        "schedule": 600.0,
    },
    # A little after the day turns, so that the night's answers are those of the new day.
    "convenentes-situacoes": {
        "task": "convenentes.tasks.atualizar_situacoes",
        "schedule": crontab(hour=0, minute=5),
    },
    "convenentes-avisos": {
        "task": "convenentes.tasks.avisar_vencimentos",
        "schedule": crontab(hour=6, minute=0),
    },
    "convenentes-legado": {"task": "convenentes.tasks.examinar_arquivos_do_legado", "schedule": 60.0},
    "atendimento-silencio": {"task": "atendimento.tasks.cuidar", "schedule": 3600.0},
    "convenentes-fontes": {"task": "convenentes.tasks.carregar_fontes", "schedule": 3600.0},
}
# Files of external registers left in this folder are loaded every hour (docs/fontes.md).
FONTES = Path(os.environ["CAGEC_FONTES"]) if os.environ.get("CAGEC_FONTES") else None
# CNPJ look-up of the Receita Federal: GET <endpoint>/<cnpj>. Empty: everything is typed (docs/fontes.md).
RFB_ENDPOINT = os.environ.get("RFB_ENDPOINT", "").rstrip("/")

AUTH_USER_MODEL = "contas.Usuario"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    # Dear on purpose; the tests, which hash thousands of passwords, have a cheap one of their own.
    "tests.senhas.Argon2Barato"
    if AMBIENTE == "testes"
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "contas.senhas.PalavrasDeContextoValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "painel"
ACCOUNT_ADAPTER = "contas.adaptador.Adaptador"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "cpf"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}  # the form turns an e-mail that one person has into the CPF
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # the set-up link already proves the address (docs/decisoes)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {"login": "contas.forms.EntrarForm"}
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",  # a whole town hall behind one address, each with a mistake
    "login_failed": "5/5m/key,60/m/ip",
    "reauthenticate": "10/m/user",
    "novo_usuario": "60/h/ip,5/h/key",
    "recuperar": "60/h/ip,5/h/key",
    "reenviar": "60/h/ip,3/h/key",
    "trocar_email": "10/h/user",
    "identidade": "10/h/ip",
    "convidar": "30/h/user",
    "ajuda": "60/h/ip,10/h/key",
    "ajuda_por_email": "10/h/key",
    "anexos_sem_conta": "10/h/ip",
    "chamado": "120/h/ip,30/h/key",
    "crc": "120/h/ip",
}
# Sign-in by gov.br (docs/ambiente.md). Without an address there is no button.
GOVBR_ENDERECO = os.environ.get("GOVBR_ENDERECO", "").rstrip("/")
SOCIALACCOUNT_ADAPTER = "contas.govbr.AdaptadorSocial"
SOCIALACCOUNT_PROVIDERS = {
    "govbr": {
        "APPS": [
            {
                "client_id": os.environ.get("GOVBR_CLIENTE", ""),
                "secret": os.environ.get("GOVBR_SEGREDO", ""),
                "settings": {"server_url": GOVBR_ENDERECO, "token_auth_method": "client_secret_basic"},
            }
        ]
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CAGEC_PROXIES", "0"))

MFA_ADAPTER = "contas.adaptador.AdaptadorDeFatores"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks of phones drift; contas.forms_fatores keeps each code good for one use
MFA_FORMS = {
    "authenticate": "contas.forms_fatores.EntrarComCodigoForm",
    "reauthenticate": "contas.forms_fatores.ConfirmarComCodigoForm",
}

SESSION_ENGINE = "contas.sessoes"  # 60 minutes without use, 12 hours in all
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link opened from webmail must find its session
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCAO
CSRF_COOKIE_SECURE = PRODUCAO
SECURE_SSL_REDIRECT = PRODUCAO
SECURE_REDIRECT_EXEMPT = [r"^saude/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCAO else None
SECURE_HSTS_SECONDS = 31536000 if PRODUCAO else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCAO
SECURE_HSTS_PRELOAD = PRODUCAO
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        # The button of gov.br is a form, and Chromium holds the redirect that answers it to this line.
        "form-action": [SELF, GOVBR_ENDERECO] if GOVBR_ENDERECO else [SELF],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "pt-br"
FORMAT_MODULE_PATH = "cagec.formatos"
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("CAGEC_ESTATICOS", DADOS / "estaticos"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = AMBIENTE == "testes"  # straight from the sources: collecting takes seconds
_arquivos_s3 = os.environ.get("S3_BUCKET", "")
STORAGES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "documentos.armazenamento.ArmazenamentoS3"}
        if _arquivos_s3
        else {
            "BACKEND": "documentos.armazenamento.ArmazenamentoEmPasta",
            "OPTIONS": {"location": DADOS / "arquivos", "file_permissions_mode": 0o600},
        }
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if AMBIENTE == "testes"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
AWS_STORAGE_BUCKET_NAME = _arquivos_s3
AWS_S3_ENDPOINT_URL = os.environ.get("S3_ENDPOINT") or None
AWS_S3_ACCESS_KEY_ID = os.environ.get("S3_KEY") or None
AWS_S3_SECRET_ACCESS_KEY = os.environ.get("S3_SECRET") or None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Decision 0027: most bytes a day into one folder, and on their way from one person, who fills four folders at most.
COTA_DIARIA = int(os.environ.get("CAGEC_COTA_DIARIA_MB", "300")) * 1024 * 1024
ANTIVIRUS = os.environ.get("ANTIVIRUS", "desligado")
# Folder of certificates (PEM) whose digital signatures are trusted; the office keeps it (docs/assinaturas.md).
RAIZES_DE_CONFIANCA = os.environ.get("RAIZES_DE_CONFIANCA", "")
CLAMD_ENDERECO = os.environ.get("CLAMD_ENDERECO", "127.0.0.1:3310")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("CAGEC_REMETENTE", "CAGEC <cagec@governo.mg.gov.br>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# What cannot be delivered comes back to this address; the mailbox of IMAP_* reads it (docs/ambiente.md).
CAIXA_DE_RETORNO = os.environ.get("CAGEC_RETORNO", "")
IMAP_HOST = os.environ.get("IMAP_HOST", "")
IMAP_PORT = int(os.environ.get("IMAP_PORT", "993"))
IMAP_USER = os.environ.get("IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("IMAP_PASSWORD", "")
IMAP_TLS = os.environ.get("IMAP_TLS", "1") == "1"
CAIXA_POSTAL = os.environ.get("CAGEC_CAIXA_POSTAL", "")
DEMONSTRACAO = os.environ.get("DEMO", "0") != "0" and not PRODUCAO

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linha": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "linha"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"cagec": {"level": "INFO"}},
}
